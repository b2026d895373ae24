public import Domain
import Foundation

extension LocalCatalog: JobQueue {
    /// Lends the photo that has waited longest.
    public func lease(for duration: Duration) async throws(StoreError) -> Lease? {
        let now = milliseconds
        // Asking the reader first keeps idle lanes from taking the write lock.
        guard try await reader.read({ database throws(DatabaseError) in try Self.next(at: now, in: database) }) != nil
        else { return nil }
        return try await writer.write { database throws(DatabaseError) in
            guard let (number, photo, crashes) = try Self.next(at: now, in: database) else { return nil }
            let token = UUID().uuidString
            try database.run(
                "UPDATE job SET token = ?, due = ? WHERE photo = ?",
                .text(token), .integer(now + duration.milliseconds), .integer(number))
            var leased = photo
            leased.state = .analysing
            return Lease(photo: leased, token: token, crashes: crashes)
        }
    }

    /// Gives a photo back.
    public func release(_ lease: Lease, after pause: Duration, crashed: Bool) async throws(StoreError) {
        let due = milliseconds + pause.milliseconds
        try await writer.write { database throws(DatabaseError) in
            try database.run(
                "UPDATE job SET token = NULL, due = ?, crashes = crashes + ? WHERE token = ?",
                .integer(due), .integer(crashed ? 1 : 0), .text(lease.token))
        }
    }

    /// How many photos wait, and how many are lent.
    public func depth() async throws(StoreError) -> QueueDepth {
        let now = milliseconds
        return try await reader.read { database throws(DatabaseError) in
            let sql = "SELECT count(*), count(*) FILTER (WHERE token IS NOT NULL AND due > ?) FROM job"
            let depth = try database.first(sql, .integer(now)) { row throws(DatabaseError) in
                QueueDepth(waiting: row.integer(0) - row.integer(1), leased: row.integer(1))
            }
            return depth ?? QueueDepth(waiting: 0, leased: 0)
        }
    }

    /// The number of a leased photo; `nil` when the lease no longer holds.
    ///
    /// A lease that has run out still holds as long as nobody else has taken the photo: the work is done, after all.
    static func number(of lease: Lease, in database: Database) throws(DatabaseError) -> Int? {
        try database.first("SELECT photo FROM job WHERE token = ?", .text(lease.token)) { row throws(DatabaseError) in
            row.integer(0)
        }
    }

    private static func next(
        at now: Int, in database: Database
    ) throws(DatabaseError) -> (number: Int, photo: Photo, crashes: Int)? {
        let sql = """
            SELECT \(PhotoRow.columns), job.crashes FROM \(PhotoRow.tables)
            WHERE job.due <= ?1 ORDER BY job.due, job.photo LIMIT 1
            """
        return try database.first(sql, .integer(now)) { row throws(DatabaseError) in
            let (number, photo) = try PhotoRow.read(row)
            return (number: number, photo: photo, crashes: row.integer(10))
        }
    }
}

extension Duration {
    /// Whole milliseconds.
    fileprivate var milliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
