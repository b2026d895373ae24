public import Domain
import Synchronization

extension LocalCatalog {
    /// All buckets, by name.
    public func buckets() async throws(StoreError) -> [Bucket] {
        rules.withLock { $0 }
    }

    /// Keeps a bucket's rules; what its retention says is worked out for all its photos.
    public func keep(_ bucket: Bucket) async throws(StoreError) -> Bool {
        try await writer.write { database throws(DatabaseError) in
            let before = try Self.buckets(in: database).first { $0.name == bucket.name }
            try write(bucket, inPlaceOf: before, in: database)
            return before == nil
        }
    }

    /// Gives a bucket other rules, if nobody changed it meanwhile.
    public func change(_ before: Bucket, to bucket: Bucket) async throws(StoreError) -> Bool {
        try await writer.write { database throws(DatabaseError) in
            guard try Self.buckets(in: database).contains(before) else { return false }
            try write(bucket, inPlaceOf: before, in: database)
            return true
        }
    }

    /// Removes a bucket that holds no photo.
    public func removeBucket(_ name: BucketName) async throws(StoreError) -> BucketRemoval {
        try await writer.write { database throws(DatabaseError) in
            let sql = "SELECT count(*) FROM photo WHERE bucket = ?"
            let photos = try database.first(sql, .text(name.description)) { row throws(DatabaseError) in row.integer(0)
            }
            if let photos, photos > 0 { return .notEmpty(photos: photos) }
            guard try database.run("DELETE FROM bucket WHERE name = ?", .text(name.description)) > 0 else {
                return .unknown
            }
            try readRules(in: database)
            return .removed
        }
    }

    private func write(_ bucket: Bucket, inPlaceOf before: Bucket?, in database: Database) throws(DatabaseError) {
        try database.run(
            "INSERT INTO bucket (name, rules) VALUES (?, ?) ON CONFLICT DO UPDATE SET rules = excluded.rules",
            .text(bucket.name.description), .text(try Self.json(bucket)))
        if let before, before.retention != bucket.retention {
            try database.run(
                "UPDATE photo SET erase_due = \(Self.eraseDue(bucket.retention)) WHERE bucket = ? AND settled IS NOT NULL",
                .text(bucket.name.description))
        }
        try readRules(in: database)
    }

    private func readRules(in database: Database) throws(DatabaseError) {
        let all = try Self.buckets(in: database)
        rules.withLock { $0 = all }
    }

    /// `Retention.eraseDate` in SQL, over a settled photo.
    private static func eraseDue(_ retention: Retention) -> String {
        switch retention {
        case .keep: return "NULL"
        case .days(let days): return "created + \(days * 86_400_000)"
        case .deleteAfterAnalysis:
            let codes = Failure.Code.givenUp.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            return """
                settled + CASE WHEN state = 'failed' AND json_extract(result, '$.code') IN (\(codes))
                THEN \(Retention.graceDays * 86_400_000) ELSE 0 END
                """
        }
    }
}
