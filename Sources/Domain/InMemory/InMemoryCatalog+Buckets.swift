import Foundation

extension InMemoryCatalog {
    /// All buckets, by name.
    public func buckets() -> [Bucket] {
        rules.values.sorted { $0.name.description < $1.name.description }
    }

    /// Keeps a bucket's rules.
    public func keep(_ bucket: Bucket) -> Bool {
        rules.updateValue(bucket, forKey: bucket.name) == nil
    }

    /// Gives a bucket other rules, if nobody changed it meanwhile.
    public func change(_ before: Bucket, to bucket: Bucket) -> Bool {
        guard rules[before.name] == before else { return false }
        rules[before.name] = bucket
        return true
    }

    /// Removes a bucket that holds no photo.
    public func removeBucket(_ name: BucketName) -> BucketRemoval {
        let count = photos.values.count { $0.bucket == name }
        if count > 0 { return .notEmpty(photos: count) }
        return rules.removeValue(forKey: name) == nil ? .unknown : .removed
    }

    /// The photos whose originals are to go.
    public func dueErasures(limit: Int) -> [PhotoID] {
        erasures.filter { $0.date <= now() && jobs[$0.photo.id] == nil }
            .sorted { ($0.date, $0.photo.id) < ($1.date, $1.photo.id) }.prefix(limit).map(\.photo.id)
    }

    /// Records that an original is gone.
    public func erased(_ id: PhotoID) -> Bool {
        guard let photo = photos[id], photo.erasedAt == nil, jobs[id] == nil else { return false }
        photos[id]?.erasedAt = now()
        photos[id]?.revision += 1
        vectors[id] = nil
        note(.erased, photo)
        return true
    }

    /// What is still to be erased.
    public func waitingErasures() -> [WaitingErasures] {
        Dictionary(grouping: erasures, by: \.photo.bucket).map { bucket, waiting in
            let later = waiting.map(\.date).filter { $0 > now() }
            return WaitingErasures(
                bucket: bucket, due: waiting.count - later.count, later: later.count, next: later.min())
        }.sorted { $0.bucket.description < $1.bucket.description }
    }

    /// The photos of a bucket whose originals are gone.
    public func erasedPhotos(in bucket: BucketName) -> [PhotoID] {
        photos.values.filter { $0.bucket == bucket && $0.erasedAt != nil }.map(\.id).sorted()
    }

    /// When each original is to go that is to go at all and is still there.
    private var erasures: [(date: Date, photo: Photo)] {
        photos.values.compactMap { photo in
            guard let settledAt = photo.settledAt, photo.erasedAt == nil, let bucket = rules[photo.bucket] else {
                return nil
            }
            var failure: Failure?
            if case .failed(let reason) = photo.state { failure = reason }
            return bucket.retention.eraseDate(createdAt: photo.createdAt, settledAt: settledAt, failure: failure)
                .map { (date: $0, photo: photo) }
        }
    }
}
