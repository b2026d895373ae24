import Caching
public import Domain
public import Foundation
import Synchronization

/// Catalogue, queue and search index in one SQLite file, so that what belongs together is one transaction.
///
/// One connection writes; others read at the same time, as the write-ahead log allows.
public final class LocalCatalog: Sendable {
    let writer: DatabaseThread
    let reader: DatabaseThread
    let points: PointReader
    let now: @Sendable () -> Date
    let eventWatch = EventWatch()
    /// What was decoded of photos that were read last.
    let recent = PhotoRow.Recent(capacity: 500)
    /// The rules of all buckets, which every request needs.
    let rules: Mutex<[Bucket]>
    /// The rules of all alerts, which every settlement needs. Both are changed on the writer's thread alone.
    let alertRules: Mutex<[AlertRule]>
    /// What finds taught labels in photos, by the label's number. Changed on the writer's thread alone, so that each photo
    /// is held against what was there when it was settled.
    let classifiers: Mutex<[Int: LinearClassifier]>

    /// Opens or makes the catalogue at `path`, brings its tables up to date, and takes back every lease: this process
    /// owns the folder, so whoever held one is gone.
    ///
    /// `now` is the clock of leases; tests have their own.
    public init(path: String, now: @escaping @Sendable () -> Date = { Date() }) throws(StoreError) {
        writer = try DatabaseThread(
            path: path, name: "catalog-write",
            prepare: { database throws(StoreError) in
                try Schema.migrate(database)
                try stored { () throws(DatabaseError) in try Self.begin(database, at: now().milliseconds) }
            }, afterWrite: eventWatch.look)
        var buckets: [Bucket] = []
        var alerts: [AlertRule] = []
        var classifiers: [Int: LinearClassifier] = [:]
        reader = try DatabaseThread(path: path, name: "catalog-read") { database throws(StoreError) in
            buckets = try stored { () throws(DatabaseError) in try Self.buckets(in: database) }
            alerts = try stored { () throws(DatabaseError) in try Self.alerts(in: database).map(\.rule) }
            classifiers = try stored { () throws(DatabaseError) in try Self.classifiers(in: database) }
        }
        points = try PointReader(path: path)
        rules = Mutex(buckets)
        alertRules = Mutex(alerts)
        self.classifiers = Mutex(classifiers)
        self.now = now
    }

    static func buckets(in database: Database) throws(DatabaseError) -> [Bucket] {
        try database.rows("SELECT rules FROM bucket ORDER BY name") { row throws(DatabaseError) in
            try value(Bucket.self, row.text(0))
        }
    }

    private static func begin(_ database: Database, at now: Int) throws(DatabaseError) {
        do throws(DatabaseError) {
            try takeBackLeases(in: database, at: now)
        } catch {
            // On a full disk photos can still be read, and deleted to make room; leases run out by themselves.
            guard error.isFull else { throw error }
        }
    }

    /// The present moment in milliseconds since 1970, as the tables hold times.
    var milliseconds: Int { now().milliseconds }

    static func json(_ value: some Encodable) throws(DatabaseError) -> String {
        do {
            return String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
        } catch {
            throw DatabaseError(message: "cannot encode: \(error)", sql: "")
        }
    }

    static func value<Value: Decodable>(_ type: Value.Type, _ json: String) throws(DatabaseError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(json.utf8))
        } catch {
            throw DatabaseError(message: "cannot read a stored \(type): \(error)", sql: "")
        }
    }
}

extension Date {
    /// Milliseconds since 1970.
    var milliseconds: Int { Int((timeIntervalSince1970 * 1000).rounded()) }

    init(milliseconds: Int) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    }
}

extension Row {
    /// A time that is kept as milliseconds; `nil` for none.
    func date(_ column: Int32) -> Date? {
        isNull(column) ? nil : Date(milliseconds: integer(column))
    }
}

extension SQLValue {
    /// A time as milliseconds, or no value.
    init(_ time: Date?) {
        self = time.map { .integer($0.milliseconds) } ?? .null
    }
}
