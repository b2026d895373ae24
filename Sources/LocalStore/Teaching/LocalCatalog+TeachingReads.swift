public import Domain

extension LocalCatalog {
    /// The photos with these originals, the newest of each.
    public func photos(withContent hashes: [String]) async throws(StoreError) -> [String: PhotoID] {
        try await reader.read { database throws(DatabaseError) in
            var found: [String: PhotoID] = [:]
            for hash in Set(hashes) {
                // Through each bucket, as the index of contents goes.
                let sql = """
                    SELECT id FROM photo WHERE bucket IN (SELECT name FROM bucket) AND sha256 = ?
                    ORDER BY number DESC LIMIT 1
                    """
                found[hash] = try database.first(sql, .text(hash)) { row throws(DatabaseError) in
                    try Self.photoID(row.text(0))
                }
            }
            return found
        }
    }

    /// Which models have made vectors of photos.
    public func vectorModels() async throws(StoreError) -> Set<String> {
        try await reader.read { database throws(DatabaseError) in
            let sql = "SELECT DISTINCT model FROM vector WHERE place = \(Self.wholePicture) AND model IS NOT NULL"
            return Set(try database.rows(sql) { row throws(DatabaseError) in row.text(0) })
        }
    }

    /// The vectors of photos at even distances from the first to the last.
    public func sample(
        _ count: Int, of model: String
    ) async throws(StoreError) -> [(photo: PhotoID, vector: FeatureVector)] {
        try await reader.read { database throws(DatabaseError) in
            let ends = try database.first("SELECT min(number), max(number) FROM photo") { row throws(DatabaseError) in
                (row.integer(0), row.integer(1))
            }
            guard let (first, last) = ends, count > 0 else { return [] }
            var sample: [(photo: PhotoID, vector: FeatureVector)] = []
            var taken = 0
            for step in 0..<count {
                let place = max(taken + 1, first + (last - first + 1) * step / count)
                guard place <= last else { break }
                let rows = try database.rows(Self.nextVector, [.text(model), .integer(place)]) {
                    row throws(DatabaseError) in
                    (
                        number: row.integer(0), id: try Self.photoID(row.text(1)),
                        vector: FeatureVector(halves: row.blob(2))
                    )
                }
                guard let row = rows.first else { break }
                taken = row.number
                if let vector = row.vector { sample.append((row.id, vector)) }
            }
            return sample
        }
    }

    /// The first vector of a model from a photo on: one seek in `vector_model`, whatever the size of the catalogue.
    static let nextVector = """
        SELECT photo, id, halves FROM vector JOIN photo ON number = photo
        WHERE place = \(wholePicture) AND model = ? AND photo >= ? ORDER BY photo LIMIT 1
        """

    /// The photos about which a classifier is least sure.
    public func unsure(_ name: LabelName, limit: Int) async throws(StoreError) -> [Photo] {
        let now = milliseconds
        return try await reader.read { [recent] database throws(DatabaseError) in
            let sql = """
                SELECT \(PhotoRow.columns) FROM \(PhotoRow.tables) JOIN taught_mark ON taught_mark.photo = photo.number
                WHERE taught_mark.label = (SELECT number FROM taught_label WHERE name = ?2) AND verdict IS NULL
                ORDER BY abs(confidence - 50), photo.number DESC LIMIT ?3
                """
            return try database.rows(sql, [.integer(now), .text(name.description), .integer(limit)]) {
                row throws(DatabaseError) in try PhotoRow.read(row, recent).photo
            }
        }
    }

    static func taughtLabels(
        in database: Database, where condition: String = "TRUE", _ values: [SQLValue] = []
    ) throws(DatabaseError) -> [TaughtLabel] {
        let sql = """
            SELECT name, (SELECT count(*) FROM taught_mark WHERE label = number AND verdict = 1),
                (SELECT count(*) FROM taught_mark WHERE label = number AND verdict = 0),
                (SELECT count(*) FROM taught_mark WHERE label = number AND coalesce(verdict = 1,
                    confidence >= \(PhotoQuery.standardConfidence))),
                classifier, measure, lesson, learned
            FROM taught_label WHERE \(condition) ORDER BY name
            """
        return try database.rows(sql, values) { row throws(DatabaseError) in
            guard let name = LabelName(row.text(0)) else {
                throw DatabaseError(message: "a taught label has a damaged name", sql: sql)
            }
            return TaughtLabel(
                name: name, yes: row.integer(1), no: row.integer(2), photos: row.integer(3),
                classifier: row.text(4).isEmpty ? nil : try value(LinearClassifier.self, row.text(4)),
                measure: row.text(5).isEmpty ? nil : try value(TeachingMeasure.self, row.text(5)),
                lesson: row.integer(6), learned: row.integer(7))
        }
    }

    /// The numbers of photos; those that are not there are left out.
    static func numbers(
        of ids: some Sequence<PhotoID>, in database: Database
    ) throws(DatabaseError) -> [PhotoID: Int] {
        var numbers: [PhotoID: Int] = [:]
        for id in ids {
            numbers[id] = try database.first("SELECT number FROM photo WHERE id = ?", .text(id.description)) {
                row throws(DatabaseError) in row.integer(0)
            }
        }
        return numbers
    }

    static func photoID(_ text: String) throws(DatabaseError) -> PhotoID {
        guard let id = PhotoID(text) else { throw DatabaseError(message: "a photo has a damaged id", sql: "") }
        return id
    }
}
