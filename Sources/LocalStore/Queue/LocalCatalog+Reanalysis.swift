import Domain

extension LocalCatalog {
    /// Counts a photo that was looked at again. One that could not be keeps what was known of it; why is noted.
    static func count(
        _ outcome: Outcome, of photo: Int, inReanalysis reanalysis: Int, in database: Database
    ) throws(DatabaseError) {
        guard let failure = outcome.failure else {
            try database.run("UPDATE reanalysis SET done = done + 1 WHERE number = ?", .integer(reanalysis))
            return
        }
        try database.run("UPDATE reanalysis SET failed = failed + 1 WHERE number = ?", .integer(reanalysis))
        try database.run(
            "INSERT INTO reanalysis_failure (reanalysis, photo, failure) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET failure = excluded.failure",
            .integer(reanalysis), .integer(photo), .text(try json(failure)))
    }
}
