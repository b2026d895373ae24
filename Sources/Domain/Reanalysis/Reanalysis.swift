public import Foundation

/// Photos that are looked at again, below everything new: a whole bucket, or what other models looked at than would now.
public struct Reanalysis: Sendable, Equatable {
    /// Which it is; grows.
    public let number: Int
    /// The bucket; all where there is none.
    public let bucket: BucketName?
    /// Whether only photos are meant that are stale.
    public let onlyStale: Bool
    /// When it was asked for.
    public let startedAt: Date
    /// When its last photo was settled, or it was stopped; `nil` while it goes on.
    public var endedAt: Date?
    /// How many photos are meant.
    public var total: Int
    /// How many were looked at again.
    public var done: Int
    /// How many could not be; they keep what was known of them.
    public var failed: Int
    /// Whether somebody stopped it.
    public var isStopped: Bool

    /// Describes one.
    public init(
        number: Int, bucket: BucketName?, onlyStale: Bool, startedAt: Date, endedAt: Date? = nil, total: Int = 0,
        done: Int = 0, failed: Int = 0, isStopped: Bool = false
    ) {
        self.number = number
        self.bucket = bucket
        self.onlyStale = onlyStale
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.total = total
        self.done = done
        self.failed = failed
        self.isStopped = isStopped
    }
}
