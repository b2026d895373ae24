public import Foundation

/// The catalogue, queue and search index in memory: what their contracts mean, in the fewest lines. For tests.
public actor InMemoryCatalog: Catalog, JobQueue {
    private struct Job {
        var due: Date
        var crashes = 0
        var token: String?
    }

    private var photos: [PhotoID: Photo] = [:]
    private var jobs: [PhotoID: Job] = [:]
    private var vectors: [PhotoID: PhotoVectors] = [:]
    private let now: @Sendable () -> Date

    /// Starts empty, but for the bucket `incoming`; `now` is the clock of leases.
    public init(now: @escaping @Sendable () -> Date = { Date() }) {
        self.now = now
    }

    /// The bucket `incoming`.
    public func buckets() -> [Bucket] {
        [.incoming]
    }

    /// Keeps a photo and its job.
    public func admit(_ photo: Photo) -> Admission {
        let there = photos.values.first { $0.bucket == photo.bucket && $0.key == photo.key }
        if let there, there.content == photo.content { return .present(current(there)) }
        if let there { _ = delete(there.id) }
        photos[photo.id] = photo
        jobs[photo.id] = Job(due: now())
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

    /// Records an outcome and ends the job.
    public func settle(_ lease: Lease, as outcome: Outcome) -> Bool {
        guard jobs[lease.photo.id]?.token == lease.token else { return false }
        jobs[lease.photo.id] = nil
        photos[lease.photo.id]?.state =
            switch outcome {
            case .analysed(let findings): .analysed(findings.withoutVectors)
            case .failed(let failure): .failed(failure)
            }
        if case .analysed(let findings) = outcome { vectors[lease.photo.id] = findings.analysis.vectors }
        return true
    }

    /// The vectors of one photo.
    public func vectors(of id: PhotoID) -> PhotoVectors? {
        vectors[id]
    }

    /// Forgets a photo.
    public func delete(_ id: PhotoID) -> Bool {
        jobs[id] = nil
        vectors[id] = nil
        return photos.removeValue(forKey: id) != nil
    }

    /// Lends the photo that has waited longest.
    public func lease(for duration: Duration) -> Lease? {
        let waiting = jobs.filter { $0.value.due <= now() }
        guard
            let (id, job) = waiting.min(by: { ($0.value.due, $0.key) < ($1.value.due, $1.key) }), let photo = photos[id]
        else { return nil }
        let token = UUID().uuidString
        jobs[id]?.token = token
        jobs[id]?.due = now() + TimeInterval(duration.components.seconds)
        return Lease(photo: current(photo), token: token, crashes: job.crashes)
    }

    /// Takes a photo back.
    public func release(_ lease: Lease, after pause: Duration, crashed: Bool) {
        guard var job = jobs[lease.photo.id], job.token == lease.token else { return }
        job.token = nil
        job.due = now() + TimeInterval(pause.components.seconds)
        job.crashes += crashed ? 1 : 0
        jobs[lease.photo.id] = job
    }

    /// How many photos wait, and how many are lent.
    public func depth() -> QueueDepth {
        let leased = jobs.values.count { $0.token != nil && $0.due > now() }
        return QueueDepth(waiting: jobs.count - leased, leased: leased)
    }

    private func current(_ photo: Photo) -> Photo {
        var photo = photo
        if let job = jobs[photo.id], job.token != nil, job.due > now() { photo.state = .analysing }
        return photo
    }
}

extension InMemoryCatalog: SearchIndex {
    /// Looks at every photo.
    public func photos(
        matching query: PhotoQuery, after cursor: Cursor?, limit: Int
    ) async throws(SearchError) -> PhotoPage {
        if let cursor, PhotoID(cursor.rawValue) == nil { throw .badCursor }
        let found = photos.values.map(current)
            .filter { matches($0, query) && (cursor.map { [id = $0.id] in id.description < $0.rawValue } ?? true) }
            .sorted { $0.id > $1.id }
        let page = Array(found.prefix(limit))
        let next = found.count > limit ? page.last.map { Cursor(rawValue: $0.id.description) } : nil
        return PhotoPage(photos: page, next: next)
    }

    /// Counts the labels of every photo.
    public func labelCounts() -> [LabelCount] {
        let names = photos.values.flatMap { photo in
            Set(labels(of: photo).filter { $0.confidence >= PhotoQuery.standardConfidence }.map(\.name))
        }
        return Dictionary(grouping: names) { $0 }.map { LabelCount(name: $0.key, photos: $0.value.count) }
            .sorted { ($1.photos, $0.name) < ($0.photos, $1.name) }
    }

    private func matches(_ photo: Photo, _ query: PhotoQuery) -> Bool {
        let labels = labels(of: photo)
        let sure = labels.filter { $0.confidence >= PhotoQuery.standardConfidence }.map(\.name)
        let text = (sure + [photo.key.description]).joined(separator: "\n").lowercased()
        let words = Set(text.split { !$0.isLetter && !$0.isNumber }.map(Self.stem))
        return (query.bucket ?? photo.bucket) == photo.bucket
            && query.labels.allSatisfy { wanted in
                labels.contains { $0.name.lowercased() == wanted.lowercased() && $0.confidence >= query.minConfidence }
            }
            && query.words.allSatisfy { word in
                if word.count > 1, word.hasSuffix("*") {
                    return words.contains { $0.hasPrefix(word.dropLast().lowercased()) }
                }
                return word.contains(" ")
                    ? text.contains(word.lowercased()) : words.contains(Self.stem(word.lowercased()[...]))
            }
    }

    private func labels(of photo: Photo) -> [Label] {
        guard case .analysed(let findings) = photo.state else { return [] }
        return findings.analysis.labels
    }

    /// Enough of stemming for the contract: plurals.
    private static func stem(_ word: Substring) -> String {
        word.count > 3 && word.hasSuffix("s") ? String(word.dropLast()) : String(word)
    }
}
