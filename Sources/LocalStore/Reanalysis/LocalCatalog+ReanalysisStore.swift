public import Domain
import Foundation

extension LocalCatalog: ReanalysisStore {
    /// So many are remembered.
    private static let keptReanalyses = 50

    /// Starts one, or finds the one of the same kind that goes on.
    public func startReanalysis(
        of bucket: BucketName?, staleFor models: ModelsByBucket?
    ) async throws(StoreError) -> ReanalysisStart {
        let now = milliseconds
        let looks = try stored { () throws(DatabaseError) in try models.map(Self.written) }
        return try await writer.write { database throws(DatabaseError) in
            let values: [SQLValue] = [
                bucket.map { .text($0.description) } ?? .null, looks.map { .text($0) } ?? .null,
            ]
            let same = "WHERE ended IS NULL AND bucket IS ? AND models IS ?"
            if let there = try Self.reanalyses(in: database, same, values).first {
                return ReanalysisStart(reanalysis: there, isNew: false)
            }
            let total = try Self.photos(in: database, of: bucket, otherThan: models)
            try database.run(
                """
                INSERT INTO reanalysis (bucket, models, started, ended, next, total)
                VALUES (?, ?, ?, ?, (SELECT coalesce(max(number), 0) + 1 FROM photo), ?)
                """,
                values[0], values[1], .integer(now), total == 0 ? .integer(now) : .null, .integer(total))
            let number = Int(database.lastInsertedRow)
            try Self.forget(before: number - Self.keptReanalyses + 1, in: database)
            let started = Reanalysis(
                number: number, bucket: bucket, onlyStale: models != nil, startedAt: Date(milliseconds: now),
                endedAt: total == 0 ? Date(milliseconds: now) : nil, total: total)
            return ReanalysisStart(reanalysis: started, isNew: true)
        }
    }

    /// The last ones.
    public func reanalyses() async throws(StoreError) -> [Reanalysis] {
        try await reader.read { database throws(DatabaseError) in
            try Self.reanalyses(in: database, "ORDER BY number DESC LIMIT ?", [.integer(Self.keptReanalyses)])
        }
    }

    /// Which photos one could not look at.
    public func reanalysisFailures(_ number: Int, limit: Int) async throws(StoreError) -> [ReanalysisFailure] {
        try await reader.read { database throws(DatabaseError) in
            let sql = """
                SELECT id, key, failure FROM reanalysis_failure JOIN photo ON photo.number = reanalysis_failure.photo
                WHERE reanalysis = ? AND reanalysis > 0 ORDER BY photo.number DESC LIMIT ?
                """
            return try database.rows(sql, [.integer(number), .integer(limit)]) { row throws(DatabaseError) in
                guard let id = PhotoID(row.text(0)), let key = PhotoKey(row.text(1)) else {
                    throw DatabaseError(message: "photo \(row.text(0)) has a damaged name", sql: sql)
                }
                return ReanalysisFailure(photo: id, key: key, failure: try Self.value(Failure.self, row.text(2)))
            }
        }
    }

    /// Stops one.
    public func stopReanalysis(_ number: Int) async throws(StoreError) -> Bool {
        let now = milliseconds
        return try await writer.write { database throws(DatabaseError) in
            let sql = "UPDATE reanalysis SET ended = ?, stopped = TRUE WHERE number = ? AND ended IS NULL"
            guard try database.run(sql, .integer(now), .integer(number)) > 0 else { return false }
            // What somebody asked for by name stays.
            try database.run(
                "DELETE FROM job WHERE reanalysis = ?2 AND priority = ?3 AND NOT \(PhotoRow.isLeased)",
                .integer(now), .integer(number), .integer(Job.Priority.background.rawValue))
            return true
        }
    }

    /// How many photos are stale.
    public func stalePhotos(for models: ModelsByBucket) async throws(StoreError) -> Int {
        try await reader.read { database throws(DatabaseError) in
            try Self.photos(in: database, of: nil, otherThan: models)
        }
    }

    static func reanalyses(
        in database: Database, _ rest: String, _ values: [SQLValue]
    ) throws(DatabaseError) -> [Reanalysis] {
        let sql = """
            SELECT number, bucket, models IS NOT NULL, started, ended, total, done, failed, stopped FROM reanalysis \(rest)
            """
        return try database.rows(sql, values) { row throws(DatabaseError) in
            Reanalysis(
                number: row.integer(0), bucket: BucketName(row.text(1)), onlyStale: row.integer(2) == 1,
                startedAt: Date(milliseconds: row.integer(3)), endedAt: row.date(4), total: row.integer(5),
                done: row.integer(6), failed: row.integer(7), isStopped: row.integer(8) == 1)
        }
    }

    private static func forget(before number: Int, in database: Database) throws(DatabaseError) {
        try database.run("DELETE FROM reanalysis WHERE number < ? AND ended IS NOT NULL", .integer(number))
        try database.run(
            "DELETE FROM reanalysis_failure WHERE reanalysis > 0 AND reanalysis NOT IN (SELECT number FROM reanalysis)")
    }
}
