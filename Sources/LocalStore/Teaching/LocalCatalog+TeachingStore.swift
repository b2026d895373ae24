public import Domain
import Synchronization

extension LocalCatalog: TeachingStore {
    /// All taught labels, by name.
    public func taughtLabels() async throws(StoreError) -> [TaughtLabel] {
        try await reader.read { database throws(DatabaseError) in try Self.taughtLabels(in: database) }
    }

    /// The labels with a lesson that is not learned yet.
    public func unlearned() async throws(StoreError) -> [LabelName] {
        try await reader.read { database throws(DatabaseError) in
            let sql = "SELECT name FROM taught_label WHERE learned <> lesson ORDER BY name"
            return try database.rows(sql) { row throws(DatabaseError) in LabelName(row.text(0)) }.compactMap(\.self)
        }
    }

    /// One taught label.
    public func taughtLabel(_ name: LabelName) async throws(StoreError) -> TaughtLabel? {
        try await reader.read { database throws(DatabaseError) in
            try Self.taughtLabels(in: database, where: "name = ?", [.text(name.description)]).first
        }
    }

    /// Remembers what people say of photos, in one transaction.
    public func teach(_ lesson: Lesson) async throws(TeachingError) -> Bool {
        let taught: Result<Bool, UnknownPhotos>
        do throws(StoreError) {
            taught = try await writer.write { database throws(DatabaseError) in
                let numbers = try Self.numbers(of: lesson.verdicts.keys, in: database)
                let unknown = lesson.verdicts.keys.filter { numbers[$0] == nil }
                guard unknown.isEmpty else { return .failure(UnknownPhotos(ids: unknown.sorted())) }
                let isNew =
                    try database.run(
                        "INSERT INTO taught_label (name) VALUES (?) ON CONFLICT DO NOTHING",
                        .text(lesson.name.description)) > 0
                try database.run(
                    "UPDATE taught_label SET lesson = lesson + 1 WHERE name = ?", .text(lesson.name.description))
                for (id, verdict) in lesson.verdicts {
                    try Self.note(verdict, of: lesson.name, on: numbers[id] ?? 0, in: database)
                }
                try Self.indexMarks(of: numbers.values.sorted(), in: database)
                return .success(isNew)
            }
        } catch {
            throw .store(error)
        }
        switch taught {
        case .success(let isNew): return isNew
        case .failure(let unknown): throw .unknownPhotos(unknown.ids)
        }
    }

    /// The examples of a label.
    public func examples(of name: LabelName) async throws(StoreError) -> [TaughtExample] {
        try await reader.read { database throws(DatabaseError) in
            let sql = """
                SELECT id, sha256, verdict, halves, model FROM taught_mark
                JOIN taught_label ON taught_label.number = label JOIN photo ON photo.number = taught_mark.photo
                LEFT JOIN vector ON vector.photo = taught_mark.photo AND place = \(Self.wholePicture)
                WHERE name = ? AND verdict IS NOT NULL ORDER BY taught_mark.photo
                """
            return try database.rows(sql, [.text(name.description)]) { row throws(DatabaseError) in
                let halves = row.blob(3)
                return TaughtExample(
                    photo: try Self.photoID(row.text(0)), sha256: row.text(1), isYes: row.integer(2) == 1,
                    vector: halves.isEmpty ? nil : FeatureVector(halves: halves),
                    model: halves.isEmpty ? nil : row.text(4))
            }
        }
    }

    /// Keeps a classifier for the photos that are there and that come.
    public func keep(
        _ classifier: LinearClassifier?, measure: TeachingMeasure?, of name: LabelName
    ) async throws(StoreError) -> Bool {
        try await writer.write { database throws(DatabaseError) in
            let number = try database.first("SELECT number FROM taught_label WHERE name = ?", .text(name.description)) {
                row throws(DatabaseError) in row.integer(0)
            }
            guard let number else { return false }
            let json = try classifier.map { value throws(DatabaseError) in SQLValue.text(try Self.json(value)) }
            let measured = try measure.map { value throws(DatabaseError) in SQLValue.text(try Self.json(value)) }
            try database.run(
                "UPDATE taught_label SET classifier = ?2, measure = ?3 WHERE number = ?1",
                .integer(number), json ?? nil, measured ?? nil)
            classifiers.withLock { $0[number] = classifier }
            return true
        }
    }

    /// Forgets a label: first it is taken off the photos, portion by portion, so that an interruption leaves a label that
    /// can still be forgotten.
    public func forgetTaughtLabel(_ name: LabelName) async throws(StoreError) -> Bool {
        guard try await keep(nil, measure: nil, of: name) else { return false }
        while true {
            let removed = try await writer.write(isDurable: false) { database throws(DatabaseError) in
                let sql = """
                    SELECT label, photo FROM taught_mark
                    WHERE label = (SELECT number FROM taught_label WHERE name = ?) LIMIT 100
                    """
                let marks = try database.rows(sql, [.text(name.description)]) { row throws(DatabaseError) in
                    (label: row.integer(0), photo: row.integer(1))
                }
                for mark in marks {
                    try database.run(
                        "DELETE FROM taught_mark WHERE label = ? AND photo = ?",
                        .integer(mark.label), .integer(mark.photo))
                }
                try Self.indexMarks(of: marks.map(\.photo), in: database)
                return marks.count
            }
            if removed == 0 { break }
        }
        return try await writer.write { database throws(DatabaseError) in
            try database.run("DELETE FROM taught_label WHERE name = ?", .text(name.description)) > 0
        }
    }

    private struct UnknownPhotos: Error {
        let ids: [PhotoID]
    }

    private static func note(
        _ verdict: Bool?, of name: LabelName, on photo: Int, in database: Database
    ) throws(DatabaseError) {
        guard let verdict else {
            try database.run(
                """
                UPDATE taught_mark SET verdict = NULL
                WHERE photo = ?2 AND label = (SELECT number FROM taught_label WHERE name = ?1)
                """, .text(name.description), .integer(photo))
            try database.run(
                """
                DELETE FROM taught_mark
                WHERE photo = ? AND verdict IS NULL AND coalesce(confidence, 0) < \(TaughtMark.floor)
                """, .integer(photo))
            return
        }
        try database.run(
            """
            INSERT INTO taught_mark (label, photo, verdict) SELECT number, ?2, ?3 FROM taught_label WHERE name = ?1
            ON CONFLICT DO UPDATE SET verdict = excluded.verdict
            """, .text(name.description), .integer(photo), .integer(verdict ? 1 : 0))
    }
}
