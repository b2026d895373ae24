public import Domain

extension LocalCatalog {
    /// Counts a photo that was looked at again. One that could not be keeps what was known of it; why is noted, under the
    /// number 0 until it can be.
    static func count(
        _ outcome: Outcome, of photo: Int, inReanalysis reanalysis: Int, in database: Database
    ) throws(DatabaseError) {
        guard let failure = outcome.failure else {
            try database.run("UPDATE reanalysis SET done = done + 1 WHERE number = ?", .integer(reanalysis))
            try database.run("DELETE FROM reanalysis_failure WHERE photo = ? AND reanalysis = 0", .integer(photo))
            return
        }
        try database.run("UPDATE reanalysis SET failed = failed + 1 WHERE number = ?", .integer(reanalysis))
        for number in Set([0, reanalysis]) {
            try database.run(
                """
                INSERT INTO reanalysis_failure (reanalysis, photo, failure) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET failure = excluded.failure
                """,
                .integer(number), .integer(photo), .text(try json(failure)))
        }
    }

    /// Queues one photo.
    public func lookAgain(at id: PhotoID, priority: Job.Priority) async throws(StoreError) -> SecondLook {
        let now = milliseconds
        return try await writer.write { database throws(DatabaseError) in
            guard let photo = try Self.candidate(id, at: now, in: database) else { return .unknown }
            guard photo.isAnalysed else { return .notLookedAt }
            guard photo.isKept else { return .erased }
            if let waits = photo.priority {
                guard !photo.isLeased, waits > priority.rawValue else { return .waitsAlready }
                try database.run(
                    "UPDATE job SET priority = ? WHERE photo = ?", .integer(priority.rawValue), .integer(photo.number))
                return .queued
            }
            try database.run(
                "INSERT INTO job (photo, due, priority) VALUES (?, ?, ?)",
                .integer(photo.number), .integer(now), .integer(priority.rawValue))
            return .queued
        }
    }

    /// Why a photo could not be looked at again.
    public func failureOfSecondLook(at id: PhotoID) async throws(StoreError) -> Failure? {
        try points.read { database throws(DatabaseError) in
            let sql = """
                SELECT failure FROM reanalysis_failure
                WHERE reanalysis = 0 AND photo = (SELECT number FROM photo WHERE id = ?)
                """
            return try database.first(sql, .text(id.description)) { row throws(DatabaseError) in
                try Self.value(Failure.self, row.text(0))
            }
        }
    }

    private struct Candidate {
        let number: Int
        let isAnalysed: Bool
        let isKept: Bool
        let priority: Int?
        let isLeased: Bool
    }

    private static func candidate(
        _ id: PhotoID, at now: Int, in database: Database
    ) throws(DatabaseError) -> Candidate? {
        let sql = """
            SELECT photo.number, photo.state = 'analysed', \(isKept), job.priority, \(PhotoRow.isLeased)
            FROM \(PhotoRow.tables) WHERE photo.id = ?2
            """
        return try database.first(sql, .integer(now), .text(id.description)) { row throws(DatabaseError) in
            Candidate(
                number: row.integer(0), isAnalysed: row.integer(1) == 1, isKept: row.integer(2) == 1,
                priority: row.isNull(3) ? nil : row.integer(3), isLeased: row.integer(4) == 1)
        }
    }

    /// Whether the original of a photo is there and stays for now, the present moment being `?1`.
    static let isKept = "(photo.erased IS NULL AND (photo.erase_due IS NULL OR photo.erase_due > ?1))"
}
