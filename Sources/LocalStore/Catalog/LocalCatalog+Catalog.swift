public import Domain
import Synchronization

extension LocalCatalog: Catalog {
    /// Writes a photo and its job, in one transaction.
    public func admit(_ photo: Photo, priority: Job.Priority) async throws(StoreError) -> Admission {
        let now = milliseconds
        return try await writer.write { [recent] database throws(DatabaseError) in
            let there = try Self.photo(
                in: database, recent: recent, now: now, where: "photo.bucket = ?2 AND photo.key = ?3",
                .text(photo.bucket.description), .text(photo.key.description))
            let bucket = rules.withLock { $0.first { $0.name == photo.bucket } }
            if let there, there.photo.answers(photo.content, under: bucket?.retention ?? .keep) {
                // What is known of a photo is the answer, also while it waits to be looked at again.
                if !there.photo.isSettled {
                    try database.run(
                        "UPDATE job SET priority = ?1 WHERE photo = ?2 AND priority > ?1",
                        .integer(priority.rawValue), .integer(there.number))
                }
                return .present(there.photo)
            }
            if let there, bucket?.upload == .anyone, there.photo.content != photo.content { return .taken }
            if let there { try database.run("DELETE FROM photo WHERE number = ?", .integer(there.number)) }
            try database.run(
                """
                INSERT INTO photo (id, bucket, key, bytes, sha256, created, state) VALUES (?, ?, ?, ?, ?, ?, 'queued')
                """,
                .text(photo.id.description), .text(photo.bucket.description), .text(photo.key.description),
                .integer(photo.content.bytes), .text(photo.content.sha256), .integer(photo.createdAt.milliseconds))
            let number = Int(database.lastInsertedRow)
            try database.run(
                "INSERT INTO job (photo, due, priority) VALUES (?, ?, ?)",
                .integer(number), .integer(now), .integer(priority.rawValue))
            try Self.index(number, words: [photo.key.description], labels: nil, in: database)
            return there.map { .replaced($0.photo.id) } ?? .admitted
        }
    }

    /// One photo.
    public func photo(_ id: PhotoID) async throws(StoreError) -> Photo? {
        let now = milliseconds
        return try points.read { database throws(DatabaseError) in
            try Self.photo(in: database, recent: recent, now: now, where: "photo.id = ?2", .text(id.description))?.photo
        }
    }

    /// Removes a photo with its job and its place in the index.
    public func delete(_ id: PhotoID) async throws(StoreError) -> Bool {
        try await writer.write { database throws(DatabaseError) in
            try database.run("DELETE FROM photo WHERE id = ?", .text(id.description)) > 0
        }
    }

    /// The one photo for which `condition` holds; its values begin at `?2`.
    static func photo(
        in database: Database, recent: PhotoRow.Recent, now: Int, where condition: String, _ values: SQLValue...
    ) throws(DatabaseError) -> (number: Int, photo: Photo)? {
        let sql = "SELECT \(PhotoRow.columns) FROM \(PhotoRow.tables) WHERE \(condition)"
        return try database.rows(sql, [.integer(now)] + values) { row throws(DatabaseError) in
            try PhotoRow.read(row, recent)
        }.first
    }
}
