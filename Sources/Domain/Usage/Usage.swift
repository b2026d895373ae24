public import Foundation

/// How much was done in one bucket on one day. It only grows: what is deleted was done all the same.
public struct Usage: Sendable, Equatable {
    /// The day, `YYYY-MM-DD`, of UTC.
    public var day: String
    /// The bucket.
    public var bucket: BucketName
    /// Photos settled, each as often as it was looked at.
    public var images: Int
    /// How often each thing was looked for with success.
    public var analyses: [AnalysisKind: Int]
    /// How long photos were decoded and looked at.
    public var effort: Duration

    /// Describes a day.
    public init(
        day: String, bucket: BucketName, images: Int = 0, analyses: [AnalysisKind: Int] = [:], effort: Duration = .zero
    ) {
        self.day = day
        self.bucket = bucket
        self.images = images
        self.analyses = analyses
        self.effort = effort
    }

    /// The day of a moment.
    public static func day(of time: Date) -> String {
        time.formatted(Date.ISO8601FormatStyle().year().month().day())
    }
}

/// What is stored in one bucket.
public struct StoredAmount: Sendable, Equatable {
    /// The bucket.
    public var bucket: BucketName
    /// Photos with a record.
    public var photos: Int
    /// Photos of those whose original is kept.
    public var originals: Int
    /// The bytes of the originals that are kept.
    public var originalBytes: Int

    /// Describes an amount.
    public init(bucket: BucketName, photos: Int, originals: Int, originalBytes: Int) {
        self.bucket = bucket
        self.photos = photos
        self.originals = originals
        self.originalBytes = originalBytes
    }
}

/// Keeps count of what was done and what is stored.
public protocol UsageStore: Sendable {
    /// What was done from one day to another, both included, by day and bucket.
    func usage(from first: String?, to last: String?) async throws(StoreError) -> [Usage]

    /// What is stored, by bucket.
    func storedAmounts() async throws(StoreError) -> [StoredAmount]
}
