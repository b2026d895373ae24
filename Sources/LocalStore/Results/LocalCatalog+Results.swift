public import Domain
import Foundation

extension LocalCatalog: ResultTable {
    /// One page of settled photos, in the order in which they were settled. A cursor is the place of the last row: its
    /// time and its number.
    public func results(
        matching query: ResultQuery, after cursor: Cursor?, limit: Int
    ) async throws(SearchError) -> PhotoPage {
        let place = try cursor.map { cursor throws(SearchError) in try Self.place(cursor) } ?? (settled: -1, number: 0)
        // One that is tried again was settled, and is not.
        var conditions = [
            "(photo.settled, photo.number) > (?2, ?3)", "photo.settled >= ?4", "photo.settled < ?5",
            "photo.state <> 'queued'",
        ]
        var values: [SQLValue] = [
            .integer(milliseconds), .integer(place.settled), .integer(place.number),
            .integer(query.from?.milliseconds ?? 0), .integer(query.to?.milliseconds ?? .max),
        ]
        if let bucket = query.bucket {
            conditions.append("photo.bucket = ?6")
            values.append(.text(bucket.description))
        }
        let sql = """
            SELECT \(PhotoRow.columns) FROM \(PhotoRow.tables) WHERE \(conditions.joined(separator: " AND "))
            ORDER BY photo.settled, photo.number LIMIT \(limit + 1)
            """
        do throws(StoreError) {
            let found = try await reader.read { [recent, values] database throws(DatabaseError) in
                try database.rows(sql, values) { row throws(DatabaseError) in try PhotoRow.read(row, recent) }
            }
            let page = found.prefix(limit)
            let next = found.count > limit ? page.last.flatMap { Self.cursor(after: $0.photo, $0.number) } : nil
            return PhotoPage(photos: page.map(\.photo), next: next)
        } catch {
            throw .store(error)
        }
    }

    private static func cursor(after photo: Photo, _ number: Int) -> Cursor? {
        photo.settledAt.map { Cursor(rawValue: "\(String($0.milliseconds, radix: 36))-\(String(number, radix: 36))") }
    }

    private static func place(_ cursor: Cursor) throws(SearchError) -> (settled: Int, number: Int) {
        let parts = cursor.rawValue.split(separator: "-").map { Int($0, radix: 36) }
        guard parts.count == 2, let settled = parts[0], let number = parts[1] else { throw .badCursor }
        return (settled, number)
    }
}
