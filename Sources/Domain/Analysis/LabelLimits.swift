/// Which labels are shown of those that are stored. Everything above a low floor is stored; limits apply when reading.
public struct LabelLimits: Sendable, Hashable, Codable {
    /// The most labels, surest first.
    public var maxLabels: Int
    /// The least confidence, 0…100.
    public var minConfidence: Double

    /// What is shown when nobody says otherwise.
    public static let standard = LabelLimits(maxLabels: 10, minConfidence: 75)

    /// Labels below this confidence are not even stored.
    public static let floor = 5.0

    /// Describes limits.
    public init(maxLabels: Int, minConfidence: Double) {
        self.maxLabels = maxLabels
        self.minConfidence = minConfidence
    }

    /// The labels within these limits, in the order given.
    public func apply(to labels: [Label]) -> [Label] {
        Array(labels.lazy.filter { $0.confidence >= minConfidence }.prefix(maxLabels))
    }
}
