public import Domain

extension LocalCatalog {
    /// What there is in a bucket, or in all, counted over what `photo_fact` and the index hold.
    public func summary(of bucket: BucketName?) async throws(StoreError) -> LibrarySummary {
        let now = milliseconds
        return try await reader.read { database throws(DatabaseError) in
            try SummaryReading(database, bucket: bucket).summary(now: now)
        }
    }
}

/// Counts what is in a bucket, or in all.
private struct SummaryReading {
    private let database: Database
    private let bucket: BucketName?
    /// Holds for the rows that count: its one value is the bucket.
    private let condition: String
    private let values: [SQLValue]

    init(_ database: Database, bucket: BucketName?) {
        self.database = database
        self.bucket = bucket
        condition = bucket == nil ? "TRUE" : "bucket = ?1"
        values = bucket.map { [.text($0.description)] } ?? []
    }

    func summary(now: Int) throws(DatabaseError) -> LibrarySummary {
        var summary = LibrarySummary()
        try countStates(into: &summary, now: now)
        try countDuplicates(into: &summary)
        try countFacts(into: &summary)
        summary.formats = try counts(of: "format")
        summary.cameras = try counts(of: "camera", most: LibrarySummary.mostNames)
        summary.years = try counts(of: "year").sorted { $0.name < $1.name }
        summary.places.areas = try areas()
        let ranking = try LabelReading(database, bucket: bucket).ranking()
        summary.labels = Array(ranking.labels.prefix(LibrarySummary.mostNames))
        summary.kinds = Array(ranking.kinds.prefix(LibrarySummary.mostNames))
        return summary
    }

    private func countStates(into summary: inout LibrarySummary, now: Int) throws(DatabaseError) {
        let sql = """
            SELECT count(*), coalesce(sum(state = 'analysed'), 0), coalesce(sum(state = 'failed'), 0)
            FROM photo WHERE \(condition)
            """
        let totals = try first(sql) { [$0.integer(0), $0.integer(1), $0.integer(2)] } ?? [0, 0, 0]
        let leased = """
            SELECT count(*) FROM job JOIN photo ON number = job.photo
            WHERE token IS NOT NULL AND due > \(now) AND state = 'queued' AND \(condition)
            """
        let analysing = try first(leased) { $0.integer(0) } ?? 0
        summary.photos = totals[0]
        let states: [Photo.Status: Int] = [
            .queued: totals[0] - totals[1] - totals[2] - analysing, .analysing: analysing, .analysed: totals[1],
            .failed: totals[2],
        ]
        summary.states = states.filter { $0.value > 0 }
    }

    private func countDuplicates(into summary: inout LibrarySummary) throws(DatabaseError) {
        let sql = """
            SELECT count(*), coalesce(sum(photos), 0) FROM
            (SELECT count(*) AS photos FROM photo WHERE \(condition) GROUP BY sha256 HAVING photos > 1)
            """
        if let (groups, photos) = try first(sql, make: { ($0.integer(0), $0.integer(1)) }) {
            summary.duplicates.groups = groups
            summary.duplicates.photos = photos
        }
    }

    private func countFacts(into summary: inout LibrarySummary) throws(DatabaseError) {
        let sql = """
            SELECT count(*) FILTER (WHERE faces > 0), sum(faces), count(*) FILTER (WHERE faces = 1),
                count(*) FILTER (WHERE faces BETWEEN 2 AND 4), count(*) FILTER (WHERE faces >= 5),
                sum(has_text), count(latitude), sum(is_sensitive)
            FROM photo_fact WHERE \(condition)
            """
        guard let sums = try first(sql, make: { row in (0..<8).map { row.integer($0) } }) else { return }
        summary.faces.photos = sums[0]
        summary.faces.faces = sums[1]
        summary.faces.one = sums[2]
        summary.faces.few = sums[3]
        summary.faces.many = sums[4]
        summary.withText = sums[5]
        summary.places.photos = sums[6]
        summary.sensitive = sums[7]
    }

    private func counts(of column: String, most: Int = -1) throws(DatabaseError) -> [NamedCount] {
        let sql = """
            SELECT \(column), count(*) AS photos FROM photo_fact WHERE \(column) IS NOT NULL AND \(condition)
            GROUP BY 1 ORDER BY photos DESC, 1 LIMIT \(most)
            """
        return try database.rows(sql, values) { row throws(DatabaseError) in
            NamedCount(name: row.text(0), photos: row.integer(1))
        }
    }

    private func areas() throws(DatabaseError) -> [LibrarySummary.Area] {
        let sql = """
            SELECT CAST(round(latitude) AS INTEGER) AS north, CAST(round(longitude) AS INTEGER) AS east,
                count(*) AS photos
            FROM photo_fact WHERE latitude IS NOT NULL AND longitude IS NOT NULL AND \(condition)
            GROUP BY north, east ORDER BY photos DESC, north, east LIMIT \(LibrarySummary.mostNames)
            """
        return try database.rows(sql, values) { row throws(DatabaseError) in
            LibrarySummary.Area(latitude: row.integer(0), longitude: row.integer(1), photos: row.integer(2))
        }
    }

    private func first<Result>(_ sql: String, make: (Row) -> Result) throws(DatabaseError) -> Result? {
        try database.rows(sql, values) { row throws(DatabaseError) in make(row) }.first
    }
}
