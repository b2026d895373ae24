import Domain

/// Counts the labels of a bucket, or of all, and puts them in order.
struct LabelReading {
    let database: Database
    let bucket: BucketName?

    /// Labels beyond these are too rare to be named.
    private static let most = 300

    init(_ database: Database, bucket: BucketName?) {
        self.database = database
        self.bucket = bucket
    }

    func ranking() throws(DatabaseError) -> LabelRanking {
        let counts = try counts()
        return LabelRanking(counts.map(\.count), parents: try parents(of: counts))
    }

    private typealias Counted = (number: Int, count: NamedCount)

    private func counts() throws(DatabaseError) -> [Counted] {
        guard let bucket, try !isAll(bucket) else {
            return try read("SELECT number, name, photos FROM label WHERE photos > 0 ORDER BY photos DESC, name")
        }
        return try read(
            """
            SELECT label, name, count(*) AS found FROM photo_label JOIN label ON label.number = label
            WHERE confidence >= \(PhotoQuery.standardConfidence)
                AND photo IN (SELECT number FROM photo WHERE bucket = ?1)
            GROUP BY label ORDER BY found DESC, name
            """, [.text(bucket.description)])
    }

    /// Whether no photo is anywhere else: then the counts that the index keeps are right.
    private func isAll(_ bucket: BucketName) throws(DatabaseError) -> Bool {
        let sql =
            "SELECT EXISTS (SELECT 1 FROM photo WHERE bucket < ?1) OR EXISTS (SELECT 1 FROM photo WHERE bucket > ?1)"
        return try database.first(sql, .text(bucket.description)) { row throws(DatabaseError) in row.integer(0) } == 0
    }

    private func read(_ sql: String, _ values: [SQLValue] = []) throws(DatabaseError) -> [Counted] {
        try database.rows(sql + " LIMIT \(Self.most)", values) { row throws(DatabaseError) in
            (row.integer(0), NamedCount(name: row.text(1), photos: row.integer(2)))
        }
    }

    /// What each label is a kind of, which only findings say: those of one photo tell it for all labels it has.
    private func parents(of counts: [Counted]) throws(DatabaseError) -> [String: [String]] {
        var parents: [String: [String]] = [:]
        for (number, count) in counts where parents[count.name] == nil {
            let sql = """
                SELECT result FROM photo WHERE number =
                (SELECT photo FROM photo_label WHERE label = ?1 AND confidence >= \(PhotoQuery.standardConfidence)
                 ORDER BY photo DESC LIMIT 1)
                """
            let findings = try database.first(sql, .integer(number)) { row throws(DatabaseError) in
                try LocalCatalog.value(Findings.self, row.text(0))
            }
            for label in findings?.analysis.labels ?? [] { parents[label.name] = label.parents }
        }
        return parents
    }
}
