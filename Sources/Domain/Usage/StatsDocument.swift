/// The JSON of what was done and what it is worth.
public struct StatsDocument: Sendable, Equatable, Codable {
    /// The first day that counts, `YYYY-MM-DD` of UTC; absent for all there were.
    public var from: String?
    /// The last day that counts; absent for all there were.
    public var to: String?
    /// Photos settled, each as often as it was looked at.
    public var images: Int
    /// How often each thing was looked for with success.
    public var analyses: [AnalysisKind: Int]
    /// How long photos were decoded and looked at, in seconds.
    public var computeSeconds: Double
    /// What is stored now.
    public var storage: Storage
    /// The same by bucket, by name; those with nothing left out.
    public var buckets: [Bucket]
    /// What the same looks would have cost at Amazon Rekognition.
    public var rekognition: Rekognition

    /// What is stored.
    public struct Storage: Sendable, Equatable, Codable {
        /// Photos with a record.
        public var photos: Int
        /// Photos of those whose original is kept.
        public var originals: Int
        /// The bytes of the originals that are kept.
        public var originalBytes: Int
    }

    /// One bucket.
    public struct Bucket: Sendable, Equatable, Codable {
        /// Its name.
        public var name: BucketName
        /// Photos settled.
        public var images: Int
        /// How long they took, in seconds.
        public var computeSeconds: Double
        /// What is stored.
        public var storage: Storage
    }

    /// What another service would have asked for.
    public struct Rekognition: Sendable, Equatable, Codable {
        /// How many requests it would have been: one a picture and kind of look.
        public var requests: Int
        /// What they would have cost.
        public var cost: Double
        /// The money that is in.
        public var currency: String
        /// When the prices held.
        public var pricesAsOf: String
        /// The region they are of.
        public var region: String
    }

    /// Adds up days.
    public init(
        _ days: [Usage], stored: [StoredAmount], prices: PriceList, from: String? = nil, to: String? = nil
    ) {
        self.from = from
        self.to = to
        images = days.map(\.images).reduce(0, +)
        analyses = days.map(\.analyses).reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
        computeSeconds = days.map(\.effort).reduce(.zero, +).inSeconds
        storage = Storage(stored)
        let names = Set(days.map(\.bucket)).union(stored.map(\.bucket))
        buckets = names.sorted { $0.description < $1.description }.map { name in
            let own = days.filter { $0.bucket == name }
            return Bucket(
                name: name, images: own.map(\.images).reduce(0, +),
                computeSeconds: own.map(\.effort).reduce(.zero, +).inSeconds,
                storage: Storage(stored.filter { $0.bucket == name }))
        }
        rekognition = Rekognition(
            requests: analyses.filter { prices.operations[$0.key] != nil }.values.reduce(0, +),
            cost: prices.cost(of: days), currency: prices.currency, pricesAsOf: prices.asOf, region: prices.region)
    }
}

extension StatsDocument.Storage {
    fileprivate init(_ amounts: [StoredAmount]) {
        photos = amounts.map(\.photos).reduce(0, +)
        originals = amounts.map(\.originals).reduce(0, +)
        originalBytes = amounts.map(\.originalBytes).reduce(0, +)
    }
}

extension Duration {
    /// In seconds, to the millisecond.
    fileprivate var inSeconds: Double {
        (self / .milliseconds(1)).rounded() / 1000
    }
}
