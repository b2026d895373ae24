public import Domain
import Foundation
import Synchronization

extension LocalCatalog: AlertStore {
    /// All alerts, by name.
    public func alerts() async throws(StoreError) -> [Alert] {
        try await reader.read { database throws(DatabaseError) in try Self.alerts(in: database) }
    }

    /// Keeps a rule.
    public func keep(_ rule: AlertRule) async throws(StoreError) -> Bool {
        let json = try stored { () throws(DatabaseError) in try Self.json(rule) }
        return try await writer.write { database throws(DatabaseError) in
            let isNew = try Self.alert(rule.name, in: database) == nil
            try database.run(
                "INSERT INTO alert (name, rule) VALUES (?, ?) ON CONFLICT DO UPDATE SET rule = excluded.rule",
                .text(rule.name.description), .text(json))
            try readAlertRules(in: database)
            return isNew
        }
    }

    /// Forgets a rule.
    public func removeAlert(_ name: AlertName) async throws(StoreError) -> Bool {
        try await writer.write { database throws(DatabaseError) in
            let count = try database.run("DELETE FROM alert WHERE name = ?", .text(name.description))
            try readAlertRules(in: database)
            return count > 0
        }
    }

    /// Those of the alerts that a photo sets off which are not silent; each is written down, with an event for those that
    /// speak.
    static func speaking(
        _ matches: [AlertMatch], on photo: Photo, at time: Date, in database: Database
    ) throws(DatabaseError) -> [AlertMatch] {
        var speaking: [AlertMatch] = []
        for var match in matches {
            let name = SQLValue.text(match.rule.name.description)
            guard let alert = try alert(match.rule.name, in: database) else { continue }
            guard alert.maySpeak(at: time) else {
                try database.run("UPDATE alert SET silent = silent + 1 WHERE name = ?", name)
                continue
            }
            try database.run(
                "UPDATE alert SET spoke = ?, spoken = spoken + 1, silent = 0 WHERE name = ?", SQLValue(time), name)
            try database.run(
                "INSERT INTO event (kind, photo, bucket, key, alert) VALUES ('alert', ?, ?, ?, ?)",
                .text(photo.id.description), .text(photo.bucket.description), .text(photo.key.description), name)
            match.silent = alert.silent
            speaking.append(match)
        }
        return speaking
    }

    static func alerts(in database: Database) throws(DatabaseError) -> [Alert] {
        try database.rows("SELECT \(alertColumns) FROM alert ORDER BY name", [], alert)
    }

    private static func alert(_ name: AlertName, in database: Database) throws(DatabaseError) -> Alert? {
        try database.first(
            "SELECT \(alertColumns) FROM alert WHERE name = ?", .text(name.description), make: alert)
    }

    private static let alertColumns = "rule, spoke, spoken, silent"

    private static func alert(_ row: Row) throws(DatabaseError) -> Alert {
        Alert(
            rule: try value(AlertRule.self, row.text(0)), lastSpoke: row.date(1), spoken: row.integer(2),
            silent: row.integer(3))
    }

    private func readAlertRules(in database: Database) throws(DatabaseError) {
        let all = try Self.alerts(in: database).map(\.rule)
        alertRules.withLock { $0 = all }
    }
}
