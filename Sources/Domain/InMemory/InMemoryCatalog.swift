public import Foundation

/// The catalogue, queue and search index in memory: what their contracts mean, in the fewest lines. For tests.
public actor InMemoryCatalog: Catalog {
    struct Work {
        var due: Date
        var priority: Job.Priority
        var crashes = 0
        var interruptions = 0
        var setback: String?
        var token: String?
        var reanalysis: Int?
    }

    var photos: [PhotoID: Photo] = [:]
    var jobs: [PhotoID: Work] = [:]
    var isPaused = false
    var vectors: [PhotoID: PhotoVectors] = [:]
    var taught: [LabelName: TaughtLabel] = [:]
    var rules = Dictionary(uniqueKeysWithValues: Bucket.initial.map { ($0.name, $0) })
    var outbox: [Delivery] = []
    var alertStates: [AlertName: Alert] = [:]
    var events: [LiveEvent] = []
    var eventListeners: [@Sendable () -> Void] = []
    var days: [Usage] = []
    var walks: [Walk] = []
    var lookFailures: [PhotoID: Failure] = [:]
    let now: @Sendable () -> Date

    /// Starts empty, but for the first buckets; `now` is the clock of leases.
    public init(now: @escaping @Sendable () -> Date = { Date() }) {
        self.now = now
    }

    /// Keeps a photo and its job.
    public func admit(_ photo: Photo, priority: Job.Priority) -> Admission {
        let there = photos.values.first { $0.bucket == photo.bucket && $0.key == photo.key }
        let retention = rules[photo.bucket]?.retention ?? .keep
        if let there, there.answers(photo.content, under: retention) {
            if !there.isSettled, let job = jobs[there.id], priority < job.priority {
                jobs[there.id]?.priority = priority
            }
            return .present(current(there))
        }
        if let there, rules[photo.bucket]?.upload == .anyone, there.content != photo.content { return .taken }
        if let there { _ = delete(there.id) }
        photos[photo.id] = photo
        jobs[photo.id] = Work(due: now(), priority: priority)
        note(.queued, photo)
        return there.map { .replaced($0.id) } ?? .admitted
    }

    /// One photo.
    public func photo(_ id: PhotoID) -> Photo? {
        photos[id].map(current)
    }

    /// The photo under a key.
    public func photo(in bucket: BucketName, key: PhotoKey) -> Photo? {
        photos.values.first { $0.bucket == bucket && $0.key == key }.map(current)
    }

    /// Counts every photo.
    public func summary(of bucket: BucketName?) -> LibrarySummary {
        LibrarySummary(of: photos.values.filter { bucket == nil || $0.bucket == bucket }.map(current))
    }

    /// The vectors of one photo.
    public func vectors(of id: PhotoID) -> PhotoVectors? {
        vectors[id]
    }

    /// Forgets a photo.
    public func delete(_ id: PhotoID) -> Bool {
        jobs[id] = nil
        vectors[id] = nil
        lookFailures[id] = nil
        for index in walks.indices { walks[index].failures[id] = nil }
        guard let photo = photos.removeValue(forKey: id) else { return false }
        note(.deleted, photo)
        return true
    }

    func current(_ photo: Photo) -> Photo {
        var photo = photo
        if photo.status == .queued, let job = jobs[photo.id], job.token != nil, job.due > now() {
            photo.state = .analysing
        }
        return photo
    }
}
