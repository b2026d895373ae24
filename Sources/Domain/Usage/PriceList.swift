/// What Amazon Rekognition asks for one look at one picture, by how many there were in the month.
public struct PriceList: Sendable, Equatable, Codable {
    /// When these prices held, `2025-06`.
    public var asOf: String
    /// The region they are of.
    public var region: String
    /// The money they are in.
    public var currency: String
    /// What each kind of look is called there, and which group's tiers it counts in.
    public var operations: [AnalysisKind: Operation]
    /// The tiers of each group, cheapest last.
    public var groups: [String: [Tier]]

    /// One operation of Rekognition.
    public struct Operation: Sendable, Equatable, Codable {
        /// `DetectLabels`.
        public var name: String
        /// The group it is counted in.
        public var group: String
    }

    /// A price that holds for some number of pictures of one month.
    public struct Tier: Sendable, Equatable, Codable {
        /// For how many pictures, after those of the tiers before; absent for all others.
        public var images: Int?
        /// The price of each.
        public var price: Double
    }

    /// The list prices of Rekognition Image in `us-east-1`, without free tier, as its price page had them in 2025. They
    /// change: a file of another list can be given to the server.
    public static let published = PriceList(
        asOf: "2025", region: "us-east-1", currency: "USD",
        operations: [
            .labels: Operation(name: "DetectLabels", group: "2"),
            .faces: Operation(name: "DetectFaces", group: "2"),
            .moderation: Operation(name: "DetectModerationLabels", group: "2"),
            .text: Operation(name: "DetectText", group: "2"),
            .people: Operation(name: "SearchFacesByImage", group: "1"),
        ],
        groups: [
            "1": tiers(0.001, 0.0008, 0.0006, 0.0004),
            "2": tiers(0.001, 0.0008, 0.0006, 0.00025),
        ])

    private static func tiers(_ first: Double, _ second: Double, _ third: Double, _ last: Double) -> [Tier] {
        [
            Tier(images: 1_000_000, price: first), Tier(images: 4_000_000, price: second),
            Tier(images: 30_000_000, price: third), Tier(images: nil, price: last),
        ]
    }

    /// What these looks would have cost. Each month's are counted by themselves, all operations of a group together.
    public func cost(of days: [Usage]) -> Double {
        let months = Dictionary(grouping: days) { $0.day.prefix(7) }
        return months.values.map { days in
            var looks: [String: Int] = [:]
            for day in days {
                for (kind, count) in day.analyses {
                    if let operation = operations[kind] { looks[operation.group, default: 0] += count }
                }
            }
            return looks.map { cost(of: $1, in: groups[$0] ?? []) }.reduce(0, +)
        }.reduce(0, +)
    }

    private func cost(of looks: Int, in tiers: [Tier]) -> Double {
        var left = looks
        var cost = 0.0
        for tier in tiers where left > 0 {
            let count = min(left, tier.images ?? left)
            cost += Double(count) * tier.price
            left -= count
        }
        return cost
    }
}
