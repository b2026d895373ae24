import Domain
import Synchronization

extension LocalCatalog {
    /// All classifiers, by their labels' numbers.
    static func classifiers(in database: Database) throws(DatabaseError) -> [Int: LinearClassifier] {
        let rows = try database.rows("SELECT number, classifier FROM taught_label WHERE classifier IS NOT NULL") {
            row throws(DatabaseError) in (row.integer(0), try value(LinearClassifier.self, row.text(1)))
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// Holds a photo that was just settled against every classifier. What a person said of it stays; the labels that it
    /// is an example of have something new to learn.
    func mark(_ number: Int, in database: Database) throws(DatabaseError) {
        try database.run("DELETE FROM taught_mark WHERE photo = ? AND verdict IS NULL", .integer(number))
        try database.run("UPDATE taught_mark SET confidence = NULL WHERE photo = ?", .integer(number))
        try database.run(
            """
            UPDATE taught_label SET lesson = lesson + 1
            WHERE number IN (SELECT label FROM taught_mark WHERE photo = ? AND verdict IS NOT NULL)
            """, .integer(number))
        let classifiers = classifiers.withLock { $0 }
        guard !classifiers.isEmpty else { return }
        let sql = "SELECT model, halves FROM vector WHERE photo = ? AND place = \(Self.wholePicture)"
        let confidences = try database.first(sql, .integer(number)) { row throws(DatabaseError) in
            let model = row.text(0)
            return row.withBlob(1) { halves in
                classifiers.compactMapValues { $0.model == model ? $0.confidence(halves: halves) : nil }
            }
        }
        for (label, confidence) in confidences ?? [:] {
            try Self.note(confidence, of: label, on: number, in: database)
        }
    }

    /// Notes what a classifier says of a photo; what is below the floor and was not judged by a person leaves no mark.
    static func note(
        _ confidence: Double, of label: Int, on photo: Int, in database: Database
    ) throws(DatabaseError) {
        if confidence >= TaughtMark.floor {
            try database.run(
                """
                INSERT INTO taught_mark (label, photo, confidence) SELECT ?1, number, ?3 FROM photo WHERE number = ?2
                ON CONFLICT DO UPDATE SET confidence = excluded.confidence
                """, .integer(label), .integer(photo), .real(confidence))
        } else {
            try database.run(
                "DELETE FROM taught_mark WHERE label = ? AND photo = ? AND verdict IS NULL",
                .integer(label), .integer(photo))
            try database.run(
                "UPDATE taught_mark SET confidence = ?3 WHERE label = ?1 AND photo = ?2",
                .integer(label), .integer(photo), .real(confidence))
        }
    }
}
