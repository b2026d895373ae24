import Domain

/// A query in SQL. The rarest label drives it, so that two labels cost hardly more than one.
struct SearchStatement {
    private(set) var sql = ""
    private(set) var values: [SQLValue]

    /// `before` is the number of the last photo of the page before; `now` tells which leases hold.
    init(
        _ query: PhotoQuery, before: Int, limit: Int, now: Int, in database: Database
    ) throws(DatabaseError) {
        values = [.integer(now)]
        var tables = PhotoRow.tables
        // The clustered label table is already in the order wanted; so is the table of photos.
        let place = query.labels.isEmpty ? "photo.number" : "l0.photo"
        var conditions = ["\(place) < \(bind(.integer(before)))"]

        for (index, label) in try Self.known(query.labels, in: database).enumerated() {
            // A label nobody has gets the number 0: it is joined all the same, and nothing is found.
            tables += " JOIN photo_label AS l\(index) ON l\(index).photo = photo.number"
            conditions.append("l\(index).label = \(bind(.integer(label)))")
            conditions.append("l\(index).confidence >= \(bind(.real(query.minConfidence)))")
        }
        if !query.words.isEmpty {
            conditions.append(
                "photo.number IN (SELECT rowid FROM photo_words WHERE photo_words MATCH"
                    + " \(bind(.text(Self.match(query.words)))))")
        }
        if let bucket = query.bucket {
            // With labels or words, few photos are left, and walking through the bucket would be the longest way: the
            // plus sign keeps SQLite from it.
            let isNarrow = !query.labels.isEmpty || !query.words.isEmpty
            conditions.append("\(isNarrow ? "+" : "")photo.bucket = \(bind(.text(bucket.description)))")
        }
        if let status = query.status { conditions.append(PhotoRow.condition(status)) }
        sql = """
            SELECT \(PhotoRow.columns) FROM \(tables) WHERE \(conditions.joined(separator: " AND "))
            ORDER BY \(place) DESC LIMIT \(bind(.integer(limit)))
            """
    }

    private mutating func bind(_ value: SQLValue) -> String {
        values.append(value)
        return "?\(values.count)"
    }

    /// The numbers of labels, rarest first; 0 for one that nobody has.
    private static func known(_ names: [String], in database: Database) throws(DatabaseError) -> [Int] {
        var labels: [(number: Int, photos: Int)] = []
        for name in names {
            let found = try database.first("SELECT number, photos FROM label WHERE name = ?", .text(name)) {
                row throws(DatabaseError) in (number: row.integer(0), photos: row.integer(1))
            }
            labels.append(found ?? (number: 0, photos: 0))
        }
        return labels.sorted { $0.photos < $1.photos }.map(\.number)
    }

    /// Words as FTS5 wants them: each quoted, so that nothing a person types is an operator; all must occur.
    private static func match(_ words: [String]) -> String {
        words.map { word in
            let beginsSo = word.hasSuffix("*")
            let bare = beginsSo ? String(word.dropLast()) : word
            return "\"\(bare.replacing("\"", with: "\"\""))\"" + (beginsSo ? "*" : "")
        }.joined(separator: " ")
    }
}
