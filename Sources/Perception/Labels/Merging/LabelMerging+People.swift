internal import Domain

extension LabelMerging {
    /// Adds what faces tell: people, one instance each, and who they look to be.
    func addPeople(_ faces: [Face], to board: inout LabelBoard) {
        guard !faces.isEmpty else { return addCompany(to: &board) }
        joinBodies(faces, to: &board)
        for face in faces {
            // Where it is the list of faces tells.
            let certainty = face.confidence / 100
            board.raise("Face", to: certainty)
            for (name, confidence) in face.appearance { board.raise(name, to: min(confidence, certainty)) }
        }
        // A face that fills the frame leaves no room for clothes: the label model believes in gowns and helmets around it.
        if faces.contains(where: { $0.box.height > Self.frameFilling }) { board.lower("Clothing", to: 0.5) }
        addCompany(to: &board)
    }

    /// The share of the picture's height from which on a face is a close-up. Of the 71 labels that were wrong on 204 everyday
    /// photos, 52 were clothes on such faces.
    static let frameFilling = 0.5

    /// Makes a face and the body that holds it one instance of `Person`, as sure as the surer of both. A body has one face,
    /// so that of two faces in one box the second is a person of its own.
    private func joinBodies(_ faces: [Face], to board: inout LabelBoard) {
        var people = board.instances(of: "Person")
        var faceless = Array(people.indices)
        for face in faces {
            let holding = faceless.filter { people[$0].box.holdsMiddle(of: face.box) }
            if let body = holding.max(by: { people[$0].confidence < people[$1].confidence }) {
                faceless.removeAll { $0 == body }
                people[body].confidence = max(people[body].confidence, face.confidence)
            } else {
                people.append(Label.Instance(box: face.box, confidence: face.confidence))
            }
            board.raise("Person", to: face.confidence / 100)
        }
        board.set(people, of: "Person")
    }

    /// Two are people, three a group, ten a crowd: each as sure as that many people are there.
    private func addCompany(to board: inout LabelBoard) {
        let sure = board.instances(of: "Person").map(\.confidence).sorted(by: >)
        for (count, name) in [(2, "People"), (3, "Group"), (10, "Crowd")] where sure.count >= count {
            board.raise(name, to: sure[count - 1] / 100)
        }
    }
}

extension Face {
    /// Labels for how the person looks, each with how sure that is, 0…1. The age at which one is told to be grown up or a
    /// child keeps clear of the ages between by the range's own width.
    fileprivate var appearance: [(name: String, confidence: Double)] {
        var labels: [(String, Double)] = []
        if let smile, smile.value { labels.append(("Smile", smile.confidence / 100)) }
        guard let ageRange else { return labels }
        let gender = gender.map { (isMale: $0.value == .male, confidence: $0.confidence / 100) }
        if ageRange.low >= 16 {
            labels.append(("Adult", 0.95))
            if let gender { labels.append((gender.isMale ? "Man" : "Woman", gender.confidence)) }
        } else if ageRange.high <= 14 {
            labels.append((ageRange.high <= 3 ? "Baby" : "Child", 0.9))
            if let gender, ageRange.low >= 4 { labels.append((gender.isMale ? "Boy" : "Girl", gender.confidence)) }
        }
        return labels
    }
}

extension Box {
    fileprivate func holdsMiddle(of other: Box) -> Bool {
        let (x, y) = (other.left + other.width / 2, other.top + other.height / 2)
        return left <= x && x <= left + width && top <= y && y <= top + height
    }
}
