import Domain

/// How marks lie in their table, and how they are read with their photo.
enum MarkRow {
    /// All marks of the photo at hand as one JSON array, `[]` for none.
    static let column = """
        (SELECT json_group_array(json_array(taught_label.name, confidence, verdict)) FROM taught_mark
         JOIN taught_label ON taught_label.number = label WHERE taught_mark.photo = photo.number)
        """

    /// Reads that column.
    static func read(_ json: String) throws(DatabaseError) -> [TaughtMark] {
        guard json != "[]" else { return [] }
        return try LocalCatalog.value([Stored].self, json).map(\.mark).sorted {
            $0.name.description < $1.name.description
        }
    }

    private struct Stored: Decodable {
        let mark: TaughtMark

        init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            mark = TaughtMark(
                name: try container.decode(LabelName.self), confidence: try container.decode(Double?.self),
                verdict: try container.decode(Int?.self).map { $0 == 1 })
        }
    }
}

extension LocalCatalog {
    /// The marks of one photo.
    static func marks(of number: Int, in database: Database) throws(DatabaseError) -> [TaughtMark] {
        let sql = "SELECT \(MarkRow.column) FROM photo WHERE number = ?"
        return try database.first(sql, .integer(number)) { row throws(DatabaseError) in
            try MarkRow.read(row.text(0))
        } ?? []
    }

    /// Brings the index up to date with what is known of a photo, and lets everybody who keeps it know.
    static func indexMarks(of numbers: some Sequence<Int>, in database: Database) throws(DatabaseError) {
        for number in numbers {
            try database.run("UPDATE photo SET revision = revision + 1 WHERE number = ?", .integer(number))
            let sql = "SELECT key, state, result FROM photo WHERE number = ?"
            let photo = try database.first(sql, .integer(number)) { row throws(DatabaseError) in
                (
                    key: row.text(0),
                    labels: row.text(1) == "analysed"
                        ? try Self.value(LabelsOfResult.self, row.text(2)).analysis.labels : nil
                )
            }
            guard let photo else { continue }
            try index(number, words: [photo.key], labels: photo.labels, in: database)
        }
    }

    /// The part of stored findings that the index needs.
    private struct LabelsOfResult: Decodable {
        let analysis: LabelsOfAnalysis

        struct LabelsOfAnalysis: Decodable {
            let labels: [Label]
        }
    }
}
