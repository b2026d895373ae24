public import Domain
import Foundation

extension LocalCatalog {
    /// The photos whose originals are to go.
    public func dueErasures(limit: Int) async throws(StoreError) -> [PhotoID] {
        let now = milliseconds
        return try await reader.read { database throws(DatabaseError) in
            let sql = """
                SELECT id FROM photo WHERE \(Self.isWaiting) AND erase_due <= ? AND \(Self.hasNoJob)
                ORDER BY erase_due LIMIT ?
                """
            return try database.rows(sql, [.integer(now), .integer(limit)]) { row throws(DatabaseError) in
                PhotoID(row.text(0))
            }.compactMap { $0 }
        }
    }

    /// Records that an original is gone.
    public func erased(_ id: PhotoID) async throws(StoreError) -> Bool {
        let now = milliseconds
        return try await writer.write { database throws(DatabaseError) in
            let changed = try database.run(
                """
                UPDATE photo SET erased = ?, revision = revision + 1
                WHERE id = ? AND erased IS NULL AND \(Self.hasNoJob)
                """,
                .integer(now), .text(id.description))
            guard changed > 0 else { return false }
            try database.run(
                "DELETE FROM vector WHERE photo = (SELECT number FROM photo WHERE id = ?)", .text(id.description))
            return true
        }
    }

    /// What is still to be erased.
    public func waitingErasures() async throws(StoreError) -> [WaitingErasures] {
        let now = milliseconds
        return try await reader.read { database throws(DatabaseError) in
            let sql = """
                SELECT bucket, count(*) FILTER (WHERE erase_due <= ?1), count(*) FILTER (WHERE erase_due > ?1),
                min(erase_due) FILTER (WHERE erase_due > ?1)
                FROM photo WHERE \(Self.isWaiting) GROUP BY bucket ORDER BY bucket
                """
            return try database.rows(sql, [.integer(now)]) { row throws(DatabaseError) in
                BucketName(row.text(0)).map {
                    WaitingErasures(bucket: $0, due: row.integer(1), later: row.integer(2), next: row.date(3))
                }
            }.compactMap { $0 }
        }
    }

    /// The photos of a bucket whose originals are gone.
    public func erasedPhotos(in bucket: BucketName) async throws(StoreError) -> [PhotoID] {
        try await reader.read { database throws(DatabaseError) in
            let sql = "SELECT id FROM photo WHERE bucket = ? AND erased IS NOT NULL ORDER BY id"
            return try database.rows(sql, [.text(bucket.description)]) { row throws(DatabaseError) in
                PhotoID(row.text(0))
            }.compactMap { $0 }
        }
    }

    /// As the index `photo_erase_due` has it.
    private static let isWaiting = "erase_due IS NOT NULL AND erased IS NULL"

    private static let hasNoJob = "NOT EXISTS (SELECT 1 FROM job WHERE job.photo = photo.number)"
}
