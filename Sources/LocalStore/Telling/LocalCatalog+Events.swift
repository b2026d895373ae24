public import Domain
import Foundation

extension LocalCatalog: EventLog {
    /// The events behind a place.
    public func events(after number: Int, limit: Int) async throws(StoreError) -> [LiveEvent] {
        try await reader.read { database throws(DatabaseError) in
            let sql = """
                SELECT number, kind, time, photo, bucket, key, alert FROM event WHERE number > ? ORDER BY number LIMIT ?
                """
            return try database.rows(sql, [.integer(number), .integer(limit)]) { row throws(DatabaseError) in
                guard let kind = LiveEvent.Kind(rawValue: row.text(1)), let photo = PhotoID(row.text(3)),
                    let bucket = BucketName(row.text(4)), let key = PhotoKey(row.text(5))
                else { throw DatabaseError(message: "event \(row.integer(0)) is damaged", sql: sql) }
                return LiveEvent(
                    number: row.integer(0), kind: kind, time: Date(milliseconds: row.integer(2)), photo: photo,
                    bucket: bucket, key: key, alert: row.isNull(6) ? nil : row.text(6))
            }
        }
    }

    /// The numbers of the oldest event that is kept and of the newest.
    public func eventRange() async throws(StoreError) -> ClosedRange<Int>? {
        try await reader.read { database throws(DatabaseError) in
            let sql = "SELECT min(number), max(number) FROM event"
            return try database.first(sql) { row throws(DatabaseError) in
                row.isNull(0) ? nil : row.integer(0)...row.integer(1)
            } ?? nil
        }
    }

    /// Has a listener called after each transaction that brought events.
    public func onEvents(_ listener: @escaping @Sendable () -> Void) {
        eventWatch.add(listener)
    }
}
