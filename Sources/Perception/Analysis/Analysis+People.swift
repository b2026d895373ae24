internal import Domain

extension Analysis {
    /// Makes people who were found by their face or as an object one label, `Person`, with one instance for each: the
    /// object's box where one holds the face, as sure as the surer of both, else the face's own. Only where labels are
    /// asked for and were looked for.
    mutating func labelPeople() {
        guard states[.labels] == .done, !faces.isEmpty else { return }
        var person = labels.first { $0.name == Self.person } ?? Label(name: Self.person, confidence: 0)
        // Bodies without a face yet: each has one, so that of two faces in one box the second is a person of its own.
        var faceless = Array(person.instances.indices)
        for face in faces {
            let holding = faceless.filter { person.instances[$0].box.holdsMiddle(of: face.box) }
            if let body = holding.max(by: { person.instances[$0].confidence < person.instances[$1].confidence }) {
                faceless.removeAll { $0 == body }
                person.instances[body].confidence = max(person.instances[body].confidence, face.confidence)
            } else {
                person.instances.append(Label.Instance(box: face.box, confidence: face.confidence))
            }
            person.confidence = max(person.confidence, face.confidence)
        }
        person.instances.sort { $0.confidence > $1.confidence }
        labels.removeAll { $0.name == Self.person }
        let place = labels.firstIndex { $0.confidence < person.confidence } ?? labels.endIndex
        labels.insert(person, at: place)
    }

    private static let person = "Person"
}

extension Box {
    fileprivate func holdsMiddle(of other: Box) -> Bool {
        let (x, y) = (other.left + other.width / 2, other.top + other.height / 2)
        return left <= x && x <= left + width && top <= y && y <= top + height
    }
}
