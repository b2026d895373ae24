import Domain

extension LocalCatalog {
    /// Puts a photo's words and labels into the index, in place of what was there.
    static func index(
        _ number: Int, words: [String], labels: [Label], in database: Database
    ) throws(DatabaseError) {
        let names = labels.filter { $0.confidence >= PhotoQuery.standardConfidence }.map(\.name)
        try database.run("DELETE FROM photo_words WHERE rowid = ?", .integer(number))
        try database.run(
            "INSERT INTO photo_words (rowid, words) VALUES (?, ?)",
            .integer(number), .text((words + names).joined(separator: "\n")))
        try database.run("DELETE FROM photo_label WHERE photo = ?", .integer(number))
        for label in labels {
            try database.run("INSERT INTO label (name) VALUES (?) ON CONFLICT DO NOTHING", .text(label.name))
            try database.run(
                """
                INSERT INTO photo_label (label, photo, confidence)
                SELECT number, ?2, ?3 FROM label WHERE name = ?1
                ON CONFLICT DO UPDATE SET confidence = max(confidence, excluded.confidence)
                """,
                .text(label.name), .integer(number), .real(label.confidence))
        }
    }
}
