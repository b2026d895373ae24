import Domain

extension LocalCatalog {
    /// Puts a photo's words and labels into the index, in place of what was there: the labels that the models found
    /// (`nil` when they did not look) with what people taught.
    static func index(
        _ number: Int, words: [String], labels found: [Label]?, in database: Database
    ) throws(DatabaseError) {
        let marks = try marks(of: number, in: database)
        let labels = found?.taught(marks) ?? [Label]().taught(marks.filter { $0.verdict == true })
        let names = labels.filter { $0.confidence >= PhotoQuery.standardConfidence }.flatMap { [$0.name] + $0.aliases }
        try database.run("DELETE FROM photo_words WHERE rowid = ?", .integer(number))
        try database.run(
            "INSERT INTO photo_words (rowid, words) VALUES (?, ?)",
            .integer(number), .text((words + names).joined(separator: "\n")))
        try database.run("DELETE FROM photo_label WHERE photo = ?", .integer(number))
        // A name may come twice, from the classifier and from a detector: the surer one counts.
        let surest = Dictionary(labels.map { ($0.name, $0) }) { $0.confidence > $1.confidence ? $0 : $1 }
        for label in surest.values {
            try database.run("INSERT INTO label (name) VALUES (?) ON CONFLICT DO NOTHING", .text(label.name))
            try database.run(
                """
                INSERT INTO photo_label (label, photo, confidence)
                SELECT number, ?2, ?3 FROM label WHERE name = ?1
                """,
                .text(label.name), .integer(number), .real(label.confidence))
        }
    }
}
