/// The JSON of a taught label.
public struct TaughtLabelDocument: Sendable, Equatable, Codable {
    /// What it is called.
    public var name: LabelName
    /// The number of photos that have it.
    public var photos: Int
    /// The number of examples.
    public var yes: Int
    /// The number of counter-examples.
    public var no: Int
    /// How many examples are missing until it is found in other photos.
    public var needed: Int
    /// How many examples and counter-examples have no vector to learn from, yet or at all; only where they were looked
    /// at.
    public var waiting: Int?
    /// Whether the catalogue is about to be held against it anew.
    public var learning: Bool
    /// What made the vectors that its classifier understands; absent without one.
    public var model: String?
    /// How it fares on what people said; absent when it was not measured.
    public var measure: TeachingMeasure?
    /// The same in a sentence, for a person.
    public var precision: String?
    /// The examples and counter-examples; only of one label, not in a list.
    public var examples: [Example]?

    /// An example or counter-example.
    public struct Example: Sendable, Equatable, Codable {
        /// The photo.
        public var photo: PhotoID
        /// Whether it is one.
        public var verdict: Verdict
        /// Whether there is a vector to learn from.
        public var isUsed: Bool
    }

    /// Describes a label, with its examples or without.
    public init(_ label: TaughtLabel, examples: [TaughtExample]? = nil) {
        name = label.name
        photos = label.photos
        yes = label.yes
        no = label.no
        needed = label.classifier == nil ? max(0, TaughtLabel.neededExamples - label.yes) : 0
        learning = label.lesson != label.learned
        model = label.classifier?.model
        measure = label.measure
        precision = label.measure?.sentence
        self.examples = examples?.map {
            Example(photo: $0.photo, verdict: $0.isYes ? .yes : .no, isUsed: label.understands($0))
        }
        waiting = examples?.count { !label.understands($0) }
    }
}

/// What a person says of a photo.
public enum Verdict: String, Sendable, Codable {
    case yes, no
    /// What was said before is taken back.
    case none
}

/// The JSON of all taught labels.
public struct TaughtLabelList: Sendable, Equatable, Codable {
    /// The labels, by name.
    public var labels: [TaughtLabelDocument]

    /// Describes a list.
    public init(labels: [TaughtLabelDocument]) {
        self.labels = labels
    }
}

extension TaughtLabel {
    /// Whether an example is one that can be learned from.
    fileprivate func understands(_ example: TaughtExample) -> Bool {
        example.vector != nil && (classifier == nil || classifier?.model == example.model)
    }
}

extension TeachingMeasure {
    /// “9 of 10 right”: of the judged photos that would show it, on how many it is right.
    public var sentence: String {
        shown == 0 ? "sure of none of \(judged) yet" : "\(right) of \(shown) right"
    }
}
