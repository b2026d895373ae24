/// Queues photos to be looked at again, a few at a time, so that a hundred thousand of them weigh on nobody.
///
/// One re-analysis goes on at a time; the next waits until it is over, so that no photo is in two.
public protocol ReanalysisStore: Sendable {
    /// Starts one over the photos of a bucket, or all, that were looked at by now and whose original is kept. With
    /// `models`, only those are meant that were looked at by others than the bucket's photos would be now, or nobody knows
    /// by which. One of the same kind that is not over is returned instead.
    func startReanalysis(
        of bucket: BucketName?, staleFor models: ModelsByBucket?
    ) async throws(StoreError) -> ReanalysisStart

    /// Queues the next photos, newest first, with the priority `background`, until `limit` wait with it; what is over is
    /// ended.
    func topUpReanalyses(to limit: Int) async throws(StoreError) -> TopUp

    /// Queues one photo to be looked at again; one that waits in the background is taken no later than `priority` says.
    func lookAgain(at id: PhotoID, priority: Job.Priority) async throws(StoreError) -> SecondLook

    /// Why a photo could not be looked at again the last time; `nil` when it could, or nobody tried.
    func failureOfSecondLook(at id: PhotoID) async throws(StoreError) -> Failure?

    /// The last fifty, newest first.
    func reanalyses() async throws(StoreError) -> [Reanalysis]

    /// Which photos one could not look at, newest first.
    func reanalysisFailures(_ number: Int, limit: Int) async throws(StoreError) -> [ReanalysisFailure]

    /// Stops one: what is queued of it is taken out, what a lane holds is finished. `false` when there is none such, or it
    /// is over.
    func stopReanalysis(_ number: Int) async throws(StoreError) -> Bool

    /// How many photos were looked at by others than would be now, or nobody knows by which.
    func stalePhotos(for models: ModelsByBucket) async throws(StoreError) -> Int
}

extension ReanalysisStore {
    /// One of the last; `nil` when there is none such.
    public func reanalysis(_ number: Int) async throws(StoreError) -> Reanalysis? {
        try await reanalyses().first { $0.number == number }
    }
}

/// The models that would look at the photos of each bucket now, as `Analysis.madeBy` writes them.
public typealias ModelsByBucket = [BucketName: String]

/// A re-analysis that was asked for.
public struct ReanalysisStart: Sendable, Equatable {
    /// The one that goes on now.
    public let reanalysis: Reanalysis
    /// Whether it was started just now.
    public let isNew: Bool

    /// Describes a start.
    public init(reanalysis: Reanalysis, isNew: Bool) {
        self.reanalysis = reanalysis
        self.isNew = isNew
    }
}

/// What topping up did.
public struct TopUp: Sendable, Equatable {
    /// How many photos were queued.
    public var queued: Int
    /// Whether there is one that is not over.
    public var goesOn: Bool

    /// Describes what was done.
    public init(queued: Int, goesOn: Bool) {
        self.queued = queued
        self.goesOn = goesOn
    }
}

/// What became of the wish to have one photo looked at again.
public enum SecondLook: Sendable, Equatable {
    /// It is queued.
    case queued
    /// It was queued already.
    case waitsAlready
    /// It was not looked at so far: it waits, or it failed.
    case notLookedAt
    /// Its original is gone, or about to go.
    case erased
    /// There is no such photo.
    case unknown
}

/// A photo that could not be looked at again.
public struct ReanalysisFailure: Sendable, Equatable {
    /// The photo.
    public let photo: PhotoID
    /// Its key.
    public let key: PhotoKey
    /// Why not.
    public let failure: Failure

    /// Describes a failure.
    public init(photo: PhotoID, key: PhotoKey, failure: Failure) {
        self.photo = photo
        self.key = key
        self.failure = failure
    }
}
