public import Domain

extension LocalCatalog: SearchIndex {
    /// One page of the photos that match, newest first.
    public func photos(
        matching query: PhotoQuery, after cursor: Cursor?, limit: Int
    ) async throws(SearchError) -> PhotoPage {
        let before: Int
        if let cursor {
            guard let number = Int(cursor.rawValue, radix: 36) else { throw .badCursor }
            before = number
        } else {
            before = .max
        }
        let now = milliseconds
        let found = try await search { [recent] database throws(DatabaseError) in
            let statement = try SearchStatement(query, before: before, limit: limit + 1, now: now, in: database)
            return try database.rows(statement.sql, statement.values) { row throws(DatabaseError) in
                try PhotoRow.read(row, recent)
            }
        }
        let page = found.prefix(limit)
        let next = found.count > limit ? page.last.map { Cursor(rawValue: String($0.number, radix: 36)) } : nil
        return PhotoPage(photos: page.map(\.photo), next: next)
    }

    /// Every label with its number of photos, most first.
    public func labelCounts() async throws(SearchError) -> [LabelCount] {
        try await search { database throws(DatabaseError) in
            let sql = "SELECT name, photos FROM label WHERE photos > 0 ORDER BY photos DESC, name"
            return try database.rows(sql) { row throws(DatabaseError) in
                LabelCount(name: row.text(0), photos: row.integer(1))
            }
        }
    }

    private func search<Result: Sendable>(
        _ body: @Sendable (Database) throws(DatabaseError) -> Result
    ) async throws(SearchError) -> Result {
        do throws(StoreError) {
            return try await reader.read(body)
        } catch {
            throw .store(error)
        }
    }
}
