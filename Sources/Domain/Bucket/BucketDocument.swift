import Foundation

/// The JSON of a bucket as it is told: its rules, and what it holds.
public struct BucketDocument: Sendable, Equatable, Codable {
    /// Its rules.
    public var bucket: Bucket
    /// What it holds.
    public var holds: Contents

    /// What a bucket holds.
    public struct Contents: Sendable, Equatable, Codable {
        /// Photos with a record.
        public var photos: Int
        /// Photos of those whose original is kept.
        public var originals: Int
        /// The bytes of the originals that are kept.
        public var originalBytes: Int
        /// Originals that should be gone by now and are still to be erased.
        public var due: Int
        /// Originals that go later, as the bucket's retention says.
        public var later: Int
        /// When the first of those goes, ISO 8601 with milliseconds; absent where there is none.
        public var nextErasure: String?
    }

    /// The document of a bucket; what is not known of what it holds is nothing.
    public init(_ bucket: Bucket, amount: StoredAmount?, waiting: WaitingErasures?) {
        self.bucket = bucket
        holds = Contents(
            photos: amount?.photos ?? 0, originals: amount?.originals ?? 0, originalBytes: amount?.originalBytes ?? 0,
            due: waiting?.due ?? 0, later: waiting?.later ?? 0,
            nextErasure: waiting?.next?.formatted(.iso8601WithMilliseconds))
    }

    private enum CodingKeys: CodingKey {
        case holds
    }

    /// Reads a document.
    public init(from decoder: any Decoder) throws {
        bucket = try Bucket(from: decoder)
        holds = try decoder.container(keyedBy: CodingKeys.self).decode(Contents.self, forKey: .holds)
    }

    /// Writes the rules, and beside them `holds`.
    public func encode(to encoder: any Encoder) throws {
        try bucket.encode(to: encoder)
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(holds, forKey: .holds)
    }
}

/// The JSON of all buckets.
public struct BucketListDocument: Sendable, Equatable, Codable {
    /// The buckets, by name.
    public var buckets: [BucketDocument]

    /// Lists buckets.
    public init(buckets: [BucketDocument]) {
        self.buckets = buckets
    }
}
