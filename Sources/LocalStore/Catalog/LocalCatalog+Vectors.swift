public import Domain

extension LocalCatalog {
    /// The vectors of one photo.
    public func vectors(of id: PhotoID) async throws(StoreError) -> PhotoVectors? {
        guard let photo = try await photo(id), photo.erasedAt == nil, case .analysed(let findings) = photo.state else {
            return nil
        }
        return try await reader.read { database throws(DatabaseError) in
            let rows = try database.rows(
                "SELECT place, halves FROM vector JOIN photo ON number = photo WHERE id = ?", [.text(id.description)]
            ) { row throws(DatabaseError) in (row.integer(0), FeatureVector(halves: row.blob(1))) }
            let vectors = Dictionary(uniqueKeysWithValues: rows)
            return PhotoVectors(
                picture: vectors[Self.wholePicture] ?? nil,
                faces: findings.analysis.faces.indices.map { vectors[$0] ?? nil })
        }
    }

    /// Keeps the vectors of a photo in place of what was there.
    static func keep(
        _ vectors: PhotoVectors, model: String?, of number: Int, in database: Database
    ) throws(DatabaseError) {
        try database.run("DELETE FROM vector WHERE photo = ?", .integer(number))
        for (place, vector) in zip(wholePicture..., [vectors.picture] + vectors.faces) {
            guard let vector else { continue }
            try database.run(
                "INSERT INTO vector (photo, place, halves, model) VALUES (?, ?, ?, ?)",
                .integer(number), .integer(place), .blob(vector.halves),
                place == wholePicture ? model.map { .text($0) } ?? nil : nil)
        }
    }

    /// The place of the vector that stands for no face but the whole picture; faces follow from 0 on.
    static let wholePicture = -1
}
