/// Which labels are shown of those that are stored. Everything above a low floor is stored; limits apply when reading.
public struct LabelLimits: Sendable, Hashable, Codable {
    /// The most labels.
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

    /// The labels within these limits, in the order given. Where there are too many, what nothing else is a kind of goes
    /// first, the surest before others: *Tabby Cat* stays, *Mammal* goes.
    public func apply(to labels: [Label]) -> [Label] {
        let sure = labels.filter { $0.confidence >= minConfidence }
        guard sure.count > maxLabels else { return sure }
        let general = Set(sure.flatMap(\.parents))
        let chosen = sure.filter { !general.contains($0.name) } + sure.filter { general.contains($0.name) }
        let kept = Set(chosen.prefix(maxLabels).map(\.name))
        return sure.filter { kept.contains($0.name) }
    }
}
