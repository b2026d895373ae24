public import Domain

extension LocalCatalog {
    /// Queues the next photos, and ends what is over.
    ///
    /// A re-analysis walks from the newest photo that was there when it started to the oldest. How far it has come is
    /// written with the jobs, in one transaction, so that a crash neither skips a photo nor queues it twice.
    public func topUpReanalyses(to limit: Int) async throws(StoreError) -> TopUp {
        let now = milliseconds
        // Asking the reader first leaves the write lock alone while nothing is to be done.
        let (goesOn, room) = try await reader.read { database throws(DatabaseError) in
            (try Self.walk(in: database) != nil, limit - (try Self.waiting(at: now, in: database)))
        }
        guard goesOn, room > 0 else { return TopUp(queued: 0, goesOn: goesOn) }
        // What a power cut takes away it takes whole; it is then queued again.
        return try await writer.write(isDurable: false) { database throws(DatabaseError) in
            var room = limit - (try Self.waiting(at: now, in: database))
            var queued = 0
            while let walk = try Self.walk(in: database) {
                let photos = try Self.photos(after: walk, limit: room, at: now, in: database)
                guard !photos.isEmpty || room <= 0 else {
                    guard try Self.end(walk, at: now, in: database) else { break }
                    continue
                }
                for photo in photos { try Self.queue(photo, for: walk, at: now, in: database) }
                queued += photos.count
                room -= photos.count
                guard room > 0 else { break }
            }
            return TopUp(queued: queued, goesOn: try Self.walk(in: database) != nil)
        }
    }

    /// A re-analysis on its way.
    private struct Walk {
        let number: Int
        let bucket: BucketName?
        let models: ModelsByBucket?
        let started: Int
        /// Photos from this number on are behind it.
        let next: Int
    }

    /// The one that goes on: of those that are not over the first.
    private static func walk(in database: Database) throws(DatabaseError) -> Walk? {
        let sql = """
            SELECT number, bucket, models, started, next FROM reanalysis WHERE ended IS NULL ORDER BY number LIMIT 1
            """
        return try database.first(sql) { row throws(DatabaseError) in
            Walk(
                number: row.integer(0), bucket: BucketName(row.text(1)),
                models: row.isNull(2) ? nil : try models(row.text(2)), started: row.integer(3), next: row.integer(4))
        }
    }

    /// The next photos that are meant and have no job. What is still meant is decided now: a photo may have been looked at
    /// meanwhile because somebody asked for it, and of those that were not done when it started none is meant.
    private static func photos(
        after walk: Walk, limit: Int, at now: Int, in database: Database
    ) throws(DatabaseError) -> [Int] {
        let sql = """
            SELECT number FROM photo
            WHERE \(isLookedAt) AND bucket = ?2 AND \(madeBy) = ?3 AND number < ?4 AND \(isKept)
            AND (?5 OR settled <= ?6) AND NOT EXISTS (SELECT 1 FROM job WHERE job.photo = photo.number)
            ORDER BY number DESC LIMIT ?7
            """
        var found: [Int] = []
        for group in try looks(in: database, of: walk.bucket, otherThan: walk.models) {
            found += try database.rows(
                sql,
                [
                    .integer(now), .text(group.bucket), .text(group.madeBy), .integer(walk.next),
                    .integer(walk.models == nil ? 0 : 1), .integer(walk.started), .integer(max(0, limit)),
                ]
            ) { row throws(DatabaseError) in row.integer(0) }
        }
        return Array(found.sorted(by: >).prefix(max(0, limit)))
    }

    private static func queue(
        _ photo: Int, for walk: Walk, at now: Int, in database: Database
    ) throws(DatabaseError) {
        try database.run(
            "INSERT INTO job (photo, due, priority, reanalysis) VALUES (?, ?, ?, ?)",
            .integer(photo), .integer(now), .integer(Job.Priority.background.rawValue), .integer(walk.number))
        try database.run("UPDATE reanalysis SET next = ? WHERE number = ?", .integer(photo), .integer(walk.number))
    }

    /// Ends one whose walk is over, once its last photo is settled. Those that were deleted meanwhile, or looked at because
    /// somebody asked for it, count no more.
    private static func end(_ walk: Walk, at now: Int, in database: Database) throws(DatabaseError) -> Bool {
        try database.run(
            """
            UPDATE reanalysis SET ended = ?, total = done + failed, next = 0
            WHERE number = ? AND NOT EXISTS (SELECT 1 FROM job WHERE job.reanalysis = reanalysis.number)
            """, .integer(now), .integer(walk.number)) > 0
    }

    /// How many jobs wait in the background.
    private static func waiting(at now: Int, in database: Database) throws(DatabaseError) -> Int {
        let sql = "SELECT count(*) FROM job WHERE priority = ?2 AND NOT \(PhotoRow.isLeased)"
        return try database.first(
            sql, .integer(now), .integer(Job.Priority.background.rawValue),
            make: { row throws(DatabaseError) in row.integer(0) }) ?? 0
    }
}
