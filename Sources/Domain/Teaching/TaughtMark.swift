/// What one taught label has to do with one photo.
public struct TaughtMark: Sendable, Equatable {
    /// The label.
    public var name: LabelName
    /// How sure its classifier is, 0…100; `nil` when it has none, or the photo no vector for it.
    public var confidence: Double?
    /// What a person said of it: `true` it is one, `false` it is none; `nil` when nobody did.
    public var verdict: Bool?

    /// What a classifier is less sure of leaves no mark. Higher than `LabelLimits.floor`, because every lesson writes all of
    /// its marks anew: below 20 about a third are right, and most of what a lesson changes lies there.
    public static let floor = 20.0

    /// Describes a mark.
    public init(name: LabelName, confidence: Double? = nil, verdict: Bool? = nil) {
        self.name = name
        self.confidence = confidence
        self.verdict = verdict
    }

    /// What is shown: a person's yes always and a person's no never, else what the classifier says.
    public var shownConfidence: Double? {
        verdict.map { $0 ? 100 : nil } ?? confidence.flatMap { $0 >= TaughtMark.floor ? $0 : nil }
    }
}

extension [Label] {
    /// These labels, as the models found them, with what people taught beside and above them, surest first.
    public func taught(_ marks: [TaughtMark]) -> [Label] {
        guard !marks.isEmpty else { return self }
        var labels = self
        for mark in marks {
            let there = labels.firstIndex { mark.name.names($0.name) }
            if mark.verdict == false {
                labels.removeAll { mark.name.names($0.name) }
            } else if let confidence = mark.shownConfidence {
                let place = there ?? labels.endIndex
                if there == nil { labels.append(Label(name: mark.name.description, confidence: confidence)) }
                labels[place].confidence = Swift.max(labels[place].confidence, confidence)
                labels[place].taught = true
            }
        }
        return labels.enumerated().sorted { ($1.element.confidence, $0.offset) < ($0.element.confidence, $1.offset) }
            .map(\.element)
    }
}

extension Analysis {
    /// This analysis with what people taught among its labels.
    func taught(_ marks: [TaughtMark]) -> Analysis {
        guard !marks.isEmpty else { return self }
        var taught = self
        taught.labels = labels.taught(marks)
        return taught
    }
}
