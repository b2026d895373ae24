public import Domain

extension LocalCatalog {
    /// The photo under a key.
    public func photo(in bucket: BucketName, key: PhotoKey) async throws(StoreError) -> Photo? {
        let now = milliseconds
        return try points.read { database throws(DatabaseError) in
            try Self.photo(
                in: database, recent: recent, now: now, where: "photo.bucket = ?2 AND photo.key = ?3",
                .text(bucket.description), .text(key.description))?.photo
        }
    }
}
