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

    /// Removes a bucket that holds no photo.
    public func removeBucket(_ name: BucketName) -> BucketRemoval {
        let count = photos.values.count { $0.bucket == name }
        if count > 0 { return .notEmpty(photos: count) }
        return rules.removeValue(forKey: name) == nil ? .unknown : .removed
    }

    /// The photos whose originals are to go.
    public func dueErasures(limit: Int) -> [PhotoID] {
        let due = photos.values.compactMap { photo -> (date: Date, id: PhotoID)? in
            guard let settledAt = photo.settledAt, photo.erasedAt == nil, let bucket = rules[photo.bucket] else {
                return nil
            }
            var failure: Failure?
            if case .failed(let reason) = photo.state { failure = reason }
            let date = bucket.retention.eraseDate(
                createdAt: photo.createdAt, settledAt: settledAt, failure: failure)
            return date.flatMap { $0 <= now() ? (date: $0, id: photo.id) : nil }
        }
        return due.sorted { ($0.date, $0.id) < ($1.date, $1.id) }.prefix(limit).map(\.id)
    }

    /// Records that an original is gone.
    public func erased(_ id: PhotoID) -> Bool {
        guard let photo = photos[id], photo.erasedAt == nil else { return false }
        photos[id]?.erasedAt = now()
        photos[id]?.revision += 1
        vectors[id] = nil
        note(.erased, photo)
        return true
    }
}
