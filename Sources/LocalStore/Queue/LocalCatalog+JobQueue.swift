public import Domain
import Foundation

extension LocalCatalog: JobQueue {
    /// Lends the photo that is next.
    public func lease(for duration: Duration, background limit: Int) async throws(StoreError) -> Lease? {
        let now = milliseconds
        // Asking the reader first keeps idle lanes from taking the write lock.
        let isThere = try await reader.read { database throws(DatabaseError) in
            try Self.next(at: now, background: limit, in: database) != nil
        }
        guard isThere else { return nil }
        // After a power cut nobody holds the lease anyway.
        return try await writer.write(isDurable: false) { [recent] database throws(DatabaseError) in
            guard let number = try Self.next(at: now, background: limit, in: database) else { return nil }
            let token = UUID().uuidString
            try database.run(
                """
                UPDATE job SET interruptions = interruptions + (token IS NOT NULL), token = ?, due = ? WHERE photo = ?
                """,
                .text(token), .integer(now + duration.milliseconds), .integer(number))
            return try Self.lease(of: number, recent: recent, at: now, in: database)
        }
    }

    /// Gives a photo back.
    public func release(_ lease: Lease, because setback: Setback) async throws(StoreError) {
        let due = milliseconds + setback.pause.milliseconds
        try await writer.write(isDurable: false) { database throws(DatabaseError) in
            try database.run(
                "UPDATE job SET token = NULL, due = ?, crashes = crashes + ?, setback = ? WHERE token = ?",
                .integer(due), .integer(setback.crashes), .text(setback.reason), .text(lease.token))
        }
    }

    /// Queues a photo that failed, in one transaction.
    public func retry(_ id: PhotoID) async throws(StoreError) -> Bool {
        let now = milliseconds
        return try await writer.write { database throws(DatabaseError) in
            let changed = try database.run(
                """
                UPDATE photo SET state = 'queued', result = NULL, revision = revision + 1
                WHERE id = ?2 AND state = 'failed' AND \(Self.isKept)
                """,
                .integer(now), .text(id.description))
            guard changed > 0 else { return false }
            try database.run(
                "INSERT INTO job (photo, due) SELECT number, ? FROM photo WHERE id = ?",
                .integer(now), .text(id.description))
            return true
        }
    }

    /// Lends nothing until that is taken back.
    public func setPaused(_ isPaused: Bool) async throws(StoreError) {
        try await writer.write { database throws(DatabaseError) in
            try database.run("UPDATE queue SET paused = ?", .integer(isPaused ? 1 : 0))
        }
    }

    /// The number of a leased photo, and of the reanalysis it is leased for, if there is one; `nil` when the lease no longer
    /// holds.
    ///
    /// A lease that has run out still holds as long as nobody else has taken the photo: the work is done, after all.
    static func job(
        of lease: Lease, in database: Database
    ) throws(DatabaseError) -> (photo: Int, reanalysis: Int)? {
        let sql = "SELECT photo, coalesce(reanalysis, 0) FROM job WHERE token = ?"
        return try database.first(sql, .text(lease.token)) { row throws(DatabaseError) in
            (photo: row.integer(0), reanalysis: row.integer(1))
        }
    }

    /// Takes every lease back, counting it as an interruption, because whoever held it is gone.
    static func takeBackLeases(in database: Database, at now: Int) throws(DatabaseError) {
        let held = try database.rows("SELECT photo, interruptions FROM job WHERE token IS NOT NULL") {
            row throws(DatabaseError) in (number: row.integer(0), interruptions: row.integer(1))
        }
        for (number, interruptions) in held {
            let rest = Job.rest(afterInterruption: interruptions + 1)
            try database.run(
                "UPDATE job SET token = NULL, interruptions = interruptions + 1, due = ? WHERE photo = ?",
                .integer(now + rest.milliseconds), .integer(number))
        }
    }

    /// The number of the photo that is next.
    private static func next(
        at now: Int, background limit: Int, in database: Database
    ) throws(DatabaseError) -> Int? {
        guard try !isPaused(in: database) else { return nil }
        // One short look into the index a priority: together they would sort all that waits.
        for priority in Job.Priority.allCases {
            if priority == .background, try lentInBackground(at: now, in: database) >= limit { return nil }
            let sql = "SELECT photo FROM job WHERE priority = ? AND due <= ? ORDER BY due, photo LIMIT 1"
            let found = try database.first(sql, .integer(priority.rawValue), .integer(now)) {
                row throws(DatabaseError) in row.integer(0)
            }
            if let found { return found }
        }
        return nil
    }

    private static func lentInBackground(at now: Int, in database: Database) throws(DatabaseError) -> Int {
        let sql = "SELECT count(*) FROM job WHERE priority = ?2 AND \(PhotoRow.isLeased)"
        return try database.first(
            sql, .integer(now), .integer(Job.Priority.background.rawValue),
            make: { row throws(DatabaseError) in row.integer(0) }) ?? 0
    }

    private static func lease(
        of number: Int, recent: PhotoRow.Recent, at now: Int, in database: Database
    ) throws(DatabaseError) -> Lease? {
        let sql = """
            SELECT \(PhotoRow.columns), job.token, job.crashes, job.interruptions FROM \(PhotoRow.tables)
            WHERE photo.number = ?2
            """
        return try database.first(sql, .integer(now), .integer(number)) { row throws(DatabaseError) in
            Lease(
                photo: try PhotoRow.read(row, recent).photo, token: row.text(14), crashes: row.integer(15),
                interruptions: row.integer(16))
        }
    }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
