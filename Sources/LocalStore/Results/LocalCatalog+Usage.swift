public import Domain
import Foundation

extension LocalCatalog: UsageStore {
    /// What was done, by day and bucket.
    public func usage(from first: String?, to last: String?) async throws(StoreError) -> [Usage] {
        try await reader.read { database throws(DatabaseError) in
            let sql = "SELECT day, bucket, what, amount FROM usage WHERE day BETWEEN ? AND ? ORDER BY day, bucket"
            let rows = try database.rows(sql, [.text(first ?? ""), .text(last ?? "~")]) { row throws(DatabaseError) in
                (day: row.text(0), bucket: BucketName(row.text(1)), what: row.text(2), amount: row.integer(3))
            }
            var days: [Usage] = []
            for row in rows {
                guard let bucket = row.bucket else { continue }
                if days.last?.day != row.day || days.last?.bucket != bucket {
                    days.append(Usage(day: row.day, bucket: bucket))
                }
                days[days.count - 1].add(row.amount, of: row.what)
            }
            return days
        }
    }

    /// What is stored, by bucket.
    public func storedAmounts() async throws(StoreError) -> [StoredAmount] {
        try await reader.read { database throws(DatabaseError) in
            let sql = """
                SELECT bucket, count(*), count(*) - count(erased), coalesce(sum(bytes) FILTER (WHERE erased IS NULL), 0)
                FROM photo GROUP BY bucket ORDER BY bucket
                """
            return try database.rows(sql) { row throws(DatabaseError) in
                BucketName(row.text(0)).map {
                    StoredAmount(
                        bucket: $0, photos: row.integer(1), originals: row.integer(2), originalBytes: row.integer(3))
                }
            }.compactMap { $0 }
        }
    }

    /// Counts the work on one photo.
    static func count(
        _ outcome: Outcome, _ effort: Duration, of bucket: BucketName, at time: Date, in database: Database
    ) throws(DatabaseError) {
        var amounts = [Usage.imageCount: 1, Usage.milliseconds: effort.milliseconds]
        if case .analysed(let findings) = outcome {
            for (kind, state) in findings.analysis.states where state == .done { amounts[kind.rawValue] = 1 }
        }
        let day = Usage.day(of: time)
        for (what, amount) in amounts where amount > 0 {
            try database.run(
                """
                INSERT INTO usage (day, bucket, what, amount) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET amount = amount + excluded.amount
                """,
                .text(day), .text(bucket.description), .text(what), .integer(amount))
        }
    }
}

extension Usage {
    fileprivate static let imageCount = "images"
    fileprivate static let milliseconds = "milliseconds"

    fileprivate mutating func add(_ amount: Int, of what: String) {
        switch what {
        case Self.imageCount: images += amount
        case Self.milliseconds: effort += .milliseconds(amount)
        default: if let kind = AnalysisKind(rawValue: what) { analyses[kind, default: 0] += amount }
        }
    }
}
