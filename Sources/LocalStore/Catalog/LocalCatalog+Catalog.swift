public import Domain

extension LocalCatalog: Catalog {
    /// All buckets, by name.
    public func buckets() async throws(StoreError) -> [Bucket] {
        try await reader.read { database throws(DatabaseError) in
            try database.rows("SELECT rules FROM bucket ORDER BY name") { row throws(DatabaseError) in
                try Self.value(Bucket.self, row.text(0))
            }
        }
    }

    /// Writes a photo and its job, in one transaction.
    public func admit(_ photo: Photo) async throws(StoreError) -> Admission {
        let now = milliseconds
        return try await writer.write { database throws(DatabaseError) in
            let there = try Self.photo(
                in: database, now: now, where: "photo.bucket = ?2 AND photo.key = ?3",
                .text(photo.bucket.description), .text(photo.key.description))
            if let there, there.photo.content == photo.content { return .present(there.photo) }
            if let there { try database.run("DELETE FROM photo WHERE number = ?", .integer(there.number)) }
            try database.run(
                """
                INSERT INTO photo (id, bucket, key, bytes, sha256, created, state) VALUES (?, ?, ?, ?, ?, ?, 'queued')
                """,
                .text(photo.id.description), .text(photo.bucket.description), .text(photo.key.description),
                .integer(photo.content.bytes), .text(photo.content.sha256), .integer(photo.createdAt.milliseconds))
            let number = Int(database.lastInsertedRow)
            try database.run("INSERT INTO job (photo, due) VALUES (?, ?)", .integer(number), .integer(now))
            try Self.index(number, words: [photo.key.description], labels: [], in: database)
            return there.map { .replaced($0.photo.id) } ?? .admitted
        }
    }

    /// One photo.
    public func photo(_ id: PhotoID) async throws(StoreError) -> Photo? {
        let now = milliseconds
        return try await reader.read { database throws(DatabaseError) in
            try Self.photo(in: database, now: now, where: "photo.id = ?2", .text(id.description))?.photo
        }
    }

    /// Records an outcome, brings the index up to date and ends the job, in one transaction.
    public func settle(_ lease: Lease, as outcome: Outcome) async throws(StoreError) -> Bool {
        let (state, result, labels): (String, String, [Label]) = try stored { () throws(DatabaseError) in
            switch outcome {
            case .analysed(let findings): ("analysed", try Self.json(findings), findings.analysis.labels)
            case .failed(let failure): ("failed", try Self.json(failure), [])
            }
        }
        return try await writer.write { database throws(DatabaseError) in
            guard let number = try Self.number(of: lease, in: database) else { return false }
            try database.run("DELETE FROM job WHERE photo = ?", .integer(number))
            try database.run(
                "UPDATE photo SET state = ?, result = ? WHERE number = ?",
                .text(state), .text(result), .integer(number))
            try Self.index(number, words: [lease.photo.key.description], labels: labels, in: database)
            if case .analysed(let findings) = outcome {
                try Self.keep(findings.analysis.vectors, of: number, in: database)
            }
            return true
        }
    }

    /// Removes a photo with its job and its place in the index.
    public func delete(_ id: PhotoID) async throws(StoreError) -> Bool {
        try await writer.write { database throws(DatabaseError) in
            try database.run("DELETE FROM photo WHERE id = ?", .text(id.description)) > 0
        }
    }

    /// The one photo for which `condition` holds; its values begin at `?2`.
    static func photo(
        in database: Database, now: Int, where condition: String, _ values: SQLValue...
    ) throws(DatabaseError) -> (number: Int, photo: Photo)? {
        let sql = "SELECT \(PhotoRow.columns) FROM \(PhotoRow.tables) WHERE \(condition)"
        return try database.rows(sql, [.integer(now)] + values, PhotoRow.read).first
    }
}
