public import Domain

extension Teacher {
    /// A label as a file; `nil` when there is none.
    public nonisolated func file(of name: LabelName) async throws(StoreError) -> TaughtLabelFile? {
        guard let label = try await store.taughtLabel(name) else { return nil }
        return TaughtLabelFile(label, examples: try await store.examples(of: name))
    }

    /// Takes in a label from a file. Examples whose photos are here are taken over, but what was said here of a photo
    /// stands. Its classifier holds until there are examples enough here to make a better one.
    ///
    /// `isNew` tells whether the label was not here; `unknown` counts the examples whose photos are not.
    public nonisolated func take(_ file: TaughtLabelFile) async throws -> (isNew: Bool, unknown: Int) {
        if let fault = file.fault { throw LabelFileError.damaged(fault) }
        if let classifier = file.classifier { try await check(classifier) }
        let photos = try await store.photos(withContent: file.examples.map(\.sha256))
        let judged = Set(try await store.examples(of: file.name).map(\.photo))
        var verdicts: [PhotoID: Bool?] = [:]
        for example in file.examples {
            if let photo = photos[example.sha256], !judged.contains(photo) {
                verdicts.updateValue(example.verdict == .yes, forKey: photo)
            }
        }
        let isNew = try await store.teach(Lesson(file.name, verdicts: verdicts))
        let known = try await store.taughtLabel(file.name)
        if let classifier = file.classifier, (known?.yes ?? 0) < TaughtLabel.neededExamples {
            _ = try await store.keep(classifier, measure: file.measure, of: file.name)
        }
        try await learn(file.name)
        return (isNew, file.examples.count { photos[$0.sha256] == nil })
    }

    /// A classifier of vectors that no photo here has would find nothing, and nobody would know why.
    private nonisolated func check(_ classifier: LinearClassifier) async throws {
        let models = try await store.vectorModels()
        guard !models.isEmpty, !models.contains(classifier.model) else {
            let one = try await store.sample(1, of: classifier.model).first
            guard one.map({ $0.vector.values.count == classifier.weights.count }) ?? true else {
                throw LabelFileError.damaged(
                    "it has \(classifier.weights.count) weights, which \(classifier.model) has not")
            }
            return
        }
        throw LabelFileError.otherModel(classifier.model, here: models.sorted())
    }
}

/// Why a label is not taken in.
public enum LabelFileError: Error, Sendable, Equatable {
    /// The file is no label, or something in it makes no sense.
    case damaged(String)
    /// It was taught on the vectors of a model that looked at no photo here.
    case otherModel(String, here: [String])
}
