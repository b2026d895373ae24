/// The record of buckets and photos: the truth from which everything else can be made again.
///
/// Each operation is one transaction: after a crash it has happened whole or not at all.
public protocol Catalog: Sendable {
    /// All buckets, by name.
    func buckets() async throws(StoreError) -> [Bucket]

    /// Keeps a bucket's rules in place of those it had; whether it is new. What its retention says holds for the photos
    /// that are there, too.
    func keep(_ bucket: Bucket) async throws(StoreError) -> Bool

    /// Gives a bucket other rules, if it still has the rules `before`; whether it had.
    func change(_ before: Bucket, to bucket: Bucket) async throws(StoreError) -> Bool

    /// Removes a bucket that holds no photo.
    func removeBucket(_ name: BucketName) async throws(StoreError) -> BucketRemoval

    /// Writes a photo and the job to look at it, in one step.
    ///
    /// `(bucket, key)` is unique: the same bytes again give the photo that is there and write nothing; other bytes
    /// replace it, and so do the same bytes where `Photo.answers` says so. Where anybody may put photos in, other bytes
    /// are not taken in under that key. A photo that is there and still waits is taken no later than `priority` says.
    func admit(_ photo: Photo, priority: Job.Priority) async throws(StoreError) -> Admission

    /// One photo, its findings without vectors; `nil` when there is none.
    func photo(_ id: PhotoID) async throws(StoreError) -> Photo?

    /// The photo under a key, its findings without vectors; `nil` when there is none.
    func photo(in bucket: BucketName, key: PhotoKey) async throws(StoreError) -> Photo?

    /// What there is in a bucket, or in all of them, counted.
    func summary(of bucket: BucketName?) async throws(StoreError) -> LibrarySummary

    /// The vectors of one photo; `nil` when there is no such photo, it was not looked at, or its original is erased.
    func vectors(of id: PhotoID) async throws(StoreError) -> PhotoVectors?

    /// Records what became of a leased photo, brings the search index up to date, puts what is to be told into the outbox,
    /// counts the work and ends the job: once and for all. `effort` is how long the photo was decoded and looked at.
    ///
    /// A photo that was looked at again and could not be keeps what was known of it; of neither is anybody told. Returns `false`, having changed nothing, when the lease no longer holds: the photo was deleted, or the lease ran
    /// out and another lane has it.
    func settle(_ lease: Lease, as outcome: Outcome, effort: Duration) async throws(StoreError) -> Bool

    /// The settled photos whose originals are to go by now and are still there, longest due first. One that is to be
    /// looked at again has to wait for that.
    func dueErasures(limit: Int) async throws(StoreError) -> [PhotoID]

    /// Records that the original of a photo is gone with all that shows it, and forgets the photo's vectors; `false`,
    /// having changed nothing, when there is no such photo, it is recorded already, or the photo is to be looked at again.
    func erased(_ id: PhotoID) async throws(StoreError) -> Bool

    /// What is still to be erased, of each bucket that has such photos, by name.
    func waitingErasures() async throws(StoreError) -> [WaitingErasures]

    /// The photos of a bucket whose originals are recorded as gone.
    func erasedPhotos(in bucket: BucketName) async throws(StoreError) -> [PhotoID]

    /// Removes a photo, its job and its place in the index; `false` when there was none.
    func delete(_ id: PhotoID) async throws(StoreError) -> Bool
}

extension Catalog {
    /// One bucket; `nil` when there is none.
    public func bucket(_ name: BucketName) async throws(StoreError) -> Bucket? {
        try await buckets().first { $0.name == name }
    }

    /// Records what became of a leased photo that cost no work.
    public func settle(_ lease: Lease, as outcome: Outcome) async throws(StoreError) -> Bool {
        try await settle(lease, as: outcome, effort: .zero)
    }
}

/// What became of a bucket that was to be removed.
public enum BucketRemoval: Sendable, Equatable {
    /// It is gone.
    case removed
    /// It holds so many photos, and stays.
    case notEmpty(photos: Int)
    /// There is none of that name.
    case unknown
}

/// What admitting a photo did.
public enum Admission: Sendable, Equatable {
    /// It is new.
    case admitted
    /// The same bytes were there under that key already; this is their photo.
    case present(Photo)
    /// Other bytes were there under that key; the photo of that id is gone.
    case replaced(PhotoID)
    /// Other bytes are there under that key, in a bucket where anybody may put photos in and so nobody takes another's
    /// place. Nothing was written.
    case taken
}

/// What became of a photo.
public enum Outcome: Sendable, Equatable {
    /// It was looked at.
    case analysed(Findings)
    /// It cannot be looked at, for good.
    case failed(Failure)
}

extension Outcome {
    /// The state of a photo of which this became.
    public var state: Photo.State {
        switch self {
        case .analysed(let findings): .analysed(findings)
        case .failed(let failure): .failed(failure)
        }
    }

    /// What the models found in it; `nil` when they could not look.
    public var labels: [Label]? {
        if case .analysed(let findings) = self { findings.analysis.labels } else { nil }
    }

    /// Why it cannot be looked at; `nil` when it was.
    public var failure: Failure? {
        if case .failed(let failure) = self { failure } else { nil }
    }
}
