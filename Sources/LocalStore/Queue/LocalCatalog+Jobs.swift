public import Domain
import Foundation

extension LocalCatalog {
    /// How much work there is.
    public func depth() async throws(StoreError) -> QueueDepth {
        let now = milliseconds
        return try await reader.read { database throws(DatabaseError) in
            let sql = """
                SELECT count(*), count(*) FILTER (WHERE \(PhotoRow.isLeased)),
                (SELECT count(*) FROM photo WHERE state = 'failed'), (SELECT paused FROM queue),
                count(*) FILTER (WHERE priority = \(Job.Priority.background.rawValue) AND NOT \(PhotoRow.isLeased))
                FROM job
                """
            let depth = try database.first(sql, .integer(now)) { row throws(DatabaseError) in
                QueueDepth(
                    waiting: row.integer(0) - row.integer(1) - row.integer(4), background: row.integer(4),
                    leased: row.integer(1), failed: row.integer(2),
                    isPaused: row.integer(3) == 1)
            }
            return depth ?? QueueDepth(waiting: 0, leased: 0)
        }
    }

    /// The job of one photo, with its place in the line.
    public func job(of id: PhotoID) async throws(StoreError) -> Job? {
        let now = milliseconds
        return try await reader.read { database throws(DatabaseError) in
            guard let job = try Self.jobs(in: database, now: now, "WHERE photo.id = ?2", .text(id.description)).first
            else { return nil }
            guard case .waiting = job.standing else { return job }
            let sql = """
                SELECT count(*) FROM job JOIN job AS mine ON mine.photo = (SELECT number FROM photo WHERE id = ?2)
                WHERE NOT \(PhotoRow.isLeased)
                AND (job.priority, job.due, job.photo) < (mine.priority, mine.due, mine.photo)
                """
            let behind = try database.first(sql, .integer(now), .text(id.description)) { row throws(DatabaseError) in
                row.integer(0)
            }
            return job.standing(behind: behind ?? 0)
        }
    }

    /// The first jobs: those that are held, then the others in their order.
    public func jobs(limit: Int) async throws(StoreError) -> [Job] {
        let now = milliseconds
        return try await reader.read { database throws(DatabaseError) in
            var behind = -1
            return try Self.jobs(
                in: database, now: now,
                "ORDER BY \(PhotoRow.isLeased) DESC, job.priority, job.due, job.photo LIMIT ?2", .integer(limit)
            ).map { job in
                if job.standing != .leased { behind += 1 }
                return job.standing(behind: behind)
            }
        }
    }

    static func isPaused(in database: Database) throws(DatabaseError) -> Bool {
        try database.first("SELECT paused FROM queue") { row throws(DatabaseError) in row.integer(0) } == 1
    }

    /// Jobs as the rest of the statement says; its values begin at `?2`. None of them knows its place in the line.
    private static func jobs(
        in database: Database, now: Int, _ rest: String, _ values: SQLValue...
    ) throws(DatabaseError) -> [Job] {
        let sql = """
            SELECT photo.id, photo.bucket, photo.key, job.priority, \(PhotoRow.isLeased), job.due, job.crashes,
            job.interruptions, job.setback FROM job JOIN photo ON photo.number = job.photo \(rest)
            """
        return try database.rows(sql, [.integer(now)] + values) { row throws(DatabaseError) in
            guard
                let id = PhotoID(row.text(0)), let bucket = BucketName(row.text(1)), let key = PhotoKey(row.text(2)),
                let priority = Job.Priority(rawValue: row.integer(3))
            else { throw DatabaseError(message: "the job of photo \(row.text(0)) is damaged", sql: sql) }
            let due = row.integer(5)
            let standing: Job.Standing =
                row.integer(4) == 1
                ? .leased : due > now ? .resting(until: Date(milliseconds: due)) : .waiting(behind: 0)
            return Job(
                photo: id, bucket: bucket, key: key, priority: priority, standing: standing, crashes: row.integer(6),
                interruptions: row.integer(7), setback: row.text(8).isEmpty ? nil : row.text(8))
        }
    }
}

extension Job {
    /// The same job with its place in the line, if it stands there.
    fileprivate func standing(behind others: Int) -> Job {
        guard case .waiting = standing else { return self }
        return Job(
            photo: photo, bucket: bucket, key: key, priority: priority, standing: .waiting(behind: others),
            crashes: crashes, interruptions: interruptions, setback: setback)
    }
}
