public import Domain
public import Foundation

extension LocalCatalog: Outbox {
    /// Puts deliveries in.
    public func post(_ deliveries: [Delivery]) async throws(StoreError) {
        try await writer.write { database throws(DatabaseError) in try Self.post(deliveries, in: database) }
    }

    /// Of each recipient but `busy` the delivery that waits longest.
    public func due(excluding busy: Set<Recipient>, limit: Int) async throws(StoreError) -> [Delivery] {
        let now = milliseconds
        return try await reader.read { database throws(DatabaseError) in
            let names = try Self.json(busy.map(\.description))
            // Crossed, so that the few recipients are gone through and not the many deliveries.
            let sql = """
                \(Self.nextByRecipient)
                SELECT \(DeliveryRow.columns) FROM next CROSS JOIN delivery ON number =
                    (SELECT number FROM delivery WHERE recipient = name AND due = first ORDER BY number LIMIT 1)
                WHERE first <= ? ORDER BY first, number LIMIT ?
                """
            return try database.rows(sql, [.text(names), .integer(now), .integer(limit)], DeliveryRow.read)
        }
    }

    /// When the next delivery to anybody but `busy` is due.
    public func nextDue(excluding busy: Set<Recipient>) async throws(StoreError) -> Date? {
        try await reader.read { database throws(DatabaseError) in
            let names = try Self.json(busy.map(\.description))
            let sql = "\(Self.nextByRecipient) SELECT min(first) FROM next"
            return try database.rows(sql, [.text(names)]) { row throws(DatabaseError) in row.date(0) }.first ?? nil
        }
    }

    /// The table `next`: each recipient but those of a JSON array, with the time of his first delivery. It leaps from
    /// recipient to recipient in the index, so that ten thousand deliveries to one who is away cost nothing.
    private static let nextByRecipient = """
        WITH RECURSIVE
            recipients (name) AS (
                SELECT min(recipient) FROM delivery WHERE due IS NOT NULL
                UNION ALL
                SELECT (SELECT min(recipient) FROM delivery WHERE due IS NOT NULL AND recipient > name)
                FROM recipients WHERE name IS NOT NULL),
            next (name, first) AS (
                SELECT name, (SELECT min(due) FROM delivery WHERE due IS NOT NULL AND recipient = name)
                FROM recipients WHERE name NOT IN (SELECT value FROM json_each(?)))
        """

    /// Forgets a delivery that has arrived.
    public func delivered(_ key: DeliveryKey) async throws(StoreError) {
        _ = try await discard(key)
    }

    /// Records a try in vain.
    public func failed(
        _ key: DeliveryKey, because problem: String, retryAt time: Date?
    ) async throws(StoreError) {
        try await writer.write { database throws(DatabaseError) in
            try database.run(
                "UPDATE delivery SET tries = tries + 1, problem = ?, due = ? WHERE key = ?",
                .text(problem), SQLValue(time), .text(key.description))
        }
    }

    /// What is still to be told.
    public func deliveries(limit: Int) async throws(StoreError) -> [Delivery] {
        try await reader.read { database throws(DatabaseError) in
            let givenUp = try database.rows(Self.list("due IS NULL"), [.integer(limit)], DeliveryRow.read)
            let room = SQLValue.integer(limit - givenUp.count)
            return givenUp + (try database.rows(Self.list("due IS NOT NULL"), [room], DeliveryRow.read))
        }
    }

    /// How many there are.
    public func outboxDepth() async throws(StoreError) -> OutboxDepth {
        try await reader.read { database throws(DatabaseError) in
            try database.first(Self.depth) { row throws(DatabaseError) in
                OutboxDepth(waiting: row.integer(0), undeliverable: row.integer(1))
            } ?? OutboxDepth(waiting: 0, undeliverable: 0)
        }
    }

    /// Both counted in an index: `due` lies behind the announcement, and to read it there is to read them all.
    static let depth = """
        SELECT (SELECT count(*) FROM delivery WHERE due IS NOT NULL), (SELECT count(*) FROM delivery WHERE due IS NULL)
        """

    /// Deliveries for which this holds, the oldest first. To ask for both kinds at once would be to sort them all.
    static func list(_ standing: String) -> String {
        "SELECT \(DeliveryRow.columns) FROM delivery WHERE \(standing) ORDER BY number LIMIT ?"
    }

    /// Has deliveries tried again.
    public func redeliver(_ key: DeliveryKey?) async throws(StoreError) -> Int {
        let now = milliseconds
        return try await writer.write { database throws(DatabaseError) in
            if let key {
                return try database.run(
                    "UPDATE delivery SET due = ? WHERE key = ?", .integer(now), .text(key.description))
            }
            return try database.run("UPDATE delivery SET due = ? WHERE due IS NULL", .integer(now))
        }
    }

    /// Takes a delivery out.
    public func discard(_ key: DeliveryKey) async throws(StoreError) -> Bool {
        try await writer.write { database throws(DatabaseError) in
            try database.run("DELETE FROM delivery WHERE key = ?", .text(key.description)) > 0
        }
    }

    static func post(_ deliveries: [Delivery], in database: Database) throws(DatabaseError) {
        for delivery in deliveries {
            try database.run(
                """
                INSERT INTO delivery (key, recipient, announcement, created, due) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """,
                .text(delivery.key.description), .text(delivery.recipient.description),
                .text(try json(delivery.announcement)), SQLValue(delivery.createdAt), SQLValue(delivery.createdAt))
        }
    }
}

/// How a delivery lies in its table.
private enum DeliveryRow {
    static let columns = "key, recipient, announcement, created, tries, due, problem"

    static func read(_ row: Row) throws(DatabaseError) -> Delivery {
        guard let key = DeliveryKey(row.text(0)), let recipient = Recipient(row.text(1)) else {
            throw DatabaseError(message: "delivery \(row.text(0)) is damaged", sql: "")
        }
        return Delivery(
            key: key, recipient: recipient, announcement: try LocalCatalog.value(Announcement.self, row.text(2)),
            createdAt: Date(milliseconds: row.integer(3)), tries: row.integer(4),
            standing: row.date(5).map { .waiting(until: $0) } ?? .undeliverable,
            problem: row.isNull(6) ? nil : row.text(6))
    }
}
