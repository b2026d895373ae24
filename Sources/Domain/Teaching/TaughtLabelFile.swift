/// A taught label as a file, to be taught elsewhere or kept.
public struct TaughtLabelFile: Sendable, Equatable, Codable {
    /// What kind of file it is, and its version.
    public static let format = "fovea-label/1"

    /// What kind of file it is.
    public var format: String
    /// What the label is called.
    public var name: LabelName
    /// What finds it; absent as long as it needs more examples.
    public var classifier: LinearClassifier?
    /// How the classifier fared where it was made.
    public var measure: TeachingMeasure?
    /// The examples and counter-examples.
    public var examples: [Example]

    /// An example by its content, which means the same picture everywhere.
    public struct Example: Sendable, Equatable, Codable {
        /// SHA-256 of the original, 64 lower-case hexadecimal digits.
        public var sha256: String
        /// Whether it is one.
        public var verdict: Verdict
    }

    /// Describes a label with its examples.
    public init(_ label: TaughtLabel, examples: [TaughtExample]) {
        format = Self.format
        name = label.name
        classifier = label.classifier
        measure = label.measure
        self.examples = examples.map { Example(sha256: $0.sha256, verdict: $0.isYes ? .yes : .no) }
    }

    /// What is wrong with it; `nil` when nothing is.
    public var fault: String? {
        if format != Self.format { return "it says its format is “\(format.prefix(40))”, not \(Self.format)" }
        let hashes = examples.map(\.sha256)
        let areHashes = hashes.allSatisfy { $0.utf8.count == 64 && $0.allSatisfy { "0123456789abcdef".contains($0) } }
        if !areHashes || examples.contains(where: { $0.verdict == .none }) { return "an example is damaged" }
        let verdicts = Dictionary(grouping: examples, by: \.sha256).values
        if verdicts.contains(where: { Set($0.map(\.verdict)).count > 1 }) { return "it says yes and no to one picture" }
        if let measure, measure.right < 0 || measure.right > measure.shown || measure.shown > measure.judged {
            return "its measurement makes no sense"
        }
        return nil
    }
}
