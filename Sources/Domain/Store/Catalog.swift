/// The record of buckets and photos: the truth from which everything else can be made again.
///
/// Each operation is one transaction: after a crash it has happened whole or not at all.
public protocol Catalog: Sendable {
    /// All buckets, by name.
    func buckets() async throws(StoreError) -> [Bucket]

    /// Writes a photo and the job to look at it, in one step.
    ///
    /// `(bucket, key)` is unique: the same bytes again give the photo that is there and write nothing; other bytes
    /// replace it. A photo that is there and still waits is taken no later than `priority` says.
    func admit(_ photo: Photo, priority: Job.Priority) async throws(StoreError) -> Admission

    /// One photo, its findings without vectors; `nil` when there is none.
    func photo(_ id: PhotoID) async throws(StoreError) -> Photo?

    /// The photo under a key, its findings without vectors; `nil` when there is none.
    func photo(in bucket: BucketName, key: PhotoKey) async throws(StoreError) -> Photo?

    /// What there is in a bucket, or in all of them, counted.
    func summary(of bucket: BucketName?) async throws(StoreError) -> LibrarySummary

    /// The vectors of one photo; `nil` when there is no such photo or it was not looked at.
    func vectors(of id: PhotoID) async throws(StoreError) -> PhotoVectors?

    /// Records what became of a leased photo, brings the search index up to date and ends the job: once and for all.
    ///
    /// Returns `false`, having changed nothing, when the lease no longer holds: the photo was deleted, or the lease ran
    /// out and another lane has it.
    func settle(_ lease: Lease, as outcome: Outcome) async throws(StoreError) -> Bool

    /// Removes a photo, its job and its place in the index; `false` when there was none.
    func delete(_ id: PhotoID) async throws(StoreError) -> Bool
}

extension Catalog {
    /// One bucket; `nil` when there is none.
    public func bucket(_ name: BucketName) async throws(StoreError) -> Bucket? {
        try await buckets().first { $0.name == name }
    }
}

/// What admitting a photo did.
public enum Admission: Sendable, Equatable {
    /// It is new.
    case admitted
    /// The same bytes were there under that key already; this is their photo.
    case present(Photo)
    /// Other bytes were there under that key; the photo of that id is gone.
    case replaced(PhotoID)
}

/// What became of a photo.
public enum Outcome: Sendable, Equatable {
    /// It was looked at.
    case analysed(Findings)
    /// It cannot be looked at, for good.
    case failed(Failure)
}
