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

/// Queues photos to be looked at again, a few at a time, so that a hundred thousand of them weigh on nobody.
public protocol ReanalysisStore: Sendable {
    /// Starts one over the photos of a bucket, or all, that were looked at and whose original is kept. With `models`, only
    /// those are meant that were looked at by others than the bucket's photos would be now.
    func startReanalysis(
        of bucket: BucketName?, staleFor models: ModelsByBucket?
    ) async throws(StoreError) -> Reanalysis

    /// Queues the next photos of those that go on, until `limit` wait; returns how many were queued.
    func topUpReanalyses(to limit: Int) async throws(StoreError) -> Int

    /// Queues one photo that was looked at, at once; `false` when there is none such or its original is gone.
    func reanalyse(_ id: PhotoID) async throws(StoreError) -> Bool

    /// All of late, newest first.
    func reanalyses() async throws(StoreError) -> [Reanalysis]

    /// Which photos one could not look at, and why.
    func reanalysisFailures(_ number: Int, limit: Int) async throws(StoreError) -> [(photo: PhotoID, failure: Failure)]

    /// Stops one: what is queued of it is taken out. `false` when there is none such, or it is over.
    func stopReanalysis(_ number: Int) async throws(StoreError) -> Bool
}

/// The models that would look at the photos of each bucket now, as `Analysis.madeBy` writes them.
public typealias ModelsByBucket = [BucketName: String]
