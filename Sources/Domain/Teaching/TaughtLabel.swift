/// A label that people taught by examples.
public struct TaughtLabel: Sendable, Equatable {
    /// What it is called.
    public var name: LabelName
    /// The number of photos that are examples.
    public var yes: Int
    /// The number of photos that are counter-examples.
    public var no: Int
    /// The number of photos that have it: those a person said yes to, and those the classifier is at least
    /// `PhotoQuery.standardConfidence` sure of.
    public var photos: Int
    /// What finds it in other photos; `nil` as long as it needs more examples.
    public var classifier: LinearClassifier?
    /// How the classifier fared on what people said; `nil` when it was not measured.
    public var measure: TeachingMeasure?
    /// Grows with every example. What was made of the examples is out of date when `learned` differs.
    public var lesson: Int
    /// The lesson from which the classifier was made and applied.
    public var learned: Int

    /// So many examples make a classifier; with fewer the label is on its examples alone.
    public static let neededExamples = 3

    /// Describes a label.
    public init(
        name: LabelName, yes: Int = 0, no: Int = 0, photos: Int = 0, classifier: LinearClassifier? = nil,
        measure: TeachingMeasure? = nil, lesson: Int = 0, learned: Int = 0
    ) {
        self.name = name
        self.yes = yes
        self.no = no
        self.photos = photos
        self.classifier = classifier
        self.measure = measure
        self.lesson = lesson
        self.learned = learned
    }
}

/// How a classifier fares on photos that people judged, each while it is left out of the examples.
public struct TeachingMeasure: Sendable, Equatable, Codable {
    /// On how many of the judged photos the label would be shown.
    public var shown: Int
    /// On how many of those it is right.
    public var right: Int
    /// On how many of the judged photos it belongs.
    public var yes: Int
    /// How many photos were judged.
    public var judged: Int

    /// Describes a measurement.
    public init(shown: Int, right: Int, yes: Int, judged: Int) {
        self.shown = shown
        self.right = right
        self.yes = yes
        self.judged = judged
    }
}

/// An example or counter-example of a taught label.
public struct TaughtExample: Sendable, Equatable {
    /// The photo.
    public var photo: PhotoID
    /// SHA-256 of its original, which means the same picture elsewhere.
    public var sha256: String
    /// Whether it is one.
    public var isYes: Bool
    /// What the label network made of it; `nil` while it waits, or when it could not be looked at.
    public var vector: FeatureVector?
    /// What made the vector.
    public var model: String?

    /// Describes an example.
    public init(photo: PhotoID, sha256: String, isYes: Bool, vector: FeatureVector? = nil, model: String? = nil) {
        self.photo = photo
        self.sha256 = sha256
        self.isYes = isYes
        self.vector = vector
        self.model = model
    }
}
