import CSQLite
import Synchronization

/// One connection to an SQLite file. Not safe for concurrent use: whoever holds it sees to that.
final class Database {
    private let handle: OpaquePointer
    private var isDurable = true
    private var statements: [String: Statement] = [:]

    /// Opens or makes the file at `path`.
    ///
    /// The write-ahead log with `synchronous=FULL` syncs at every commit: what was answered survives a power cut.
    init(path: String) throws(DatabaseError) {
        var opened: OpaquePointer?
        let access = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        let code = sqlite3_open_v2(path, &opened, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let opened else {
            let error = DatabaseError(code: code, handle: opened, sql: "open \(path)")
            sqlite3_close_v2(opened)
            throw error
        }
        handle = opened
        sqlite3_busy_timeout(handle, 10_000)
        try execute("PRAGMA journal_mode=WAL")
        try execute("PRAGMA synchronous=FULL")
        try execute("PRAGMA foreign_keys=ON")
    }

    deinit {
        statements.removeAll()
        sqlite3_close_v2(handle)
    }

    /// Runs statements that give no rows and take no values.
    func execute(_ sql: String) throws(DatabaseError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw DatabaseError(code: code, handle: handle, sql: sql) }
    }

    /// Runs one statement; returns how many rows it changed.
    @discardableResult
    func run(_ sql: String, _ values: SQLValue...) throws(DatabaseError) -> Int {
        try statement(sql).each(values) { _ throws(DatabaseError) in }
        return Int(sqlite3_changes64(handle))
    }

    /// The rows of one query.
    func rows<Element>(
        _ sql: String, _ values: [SQLValue] = [], _ make: (Row) throws(DatabaseError) -> Element
    ) throws(DatabaseError) -> [Element] {
        var result: [Element] = []
        try statement(sql).each(values) { row throws(DatabaseError) in result.append(try make(row)) }
        return result
    }

    /// The first row of one query; `nil` when there is none.
    func first<Element>(
        _ sql: String, _ values: SQLValue..., make: (Row) throws(DatabaseError) -> Element
    ) throws(DatabaseError) -> Element? {
        try rows(sql, values, make).first
    }

    /// Whether the next transactions are synced before they count as done.
    func setDurable(_ isDurable: Bool) throws(DatabaseError) {
        guard isDurable != self.isDurable else { return }
        try execute("PRAGMA synchronous=\(isDurable ? "FULL" : "NORMAL")")
        self.isDurable = isDurable
    }

    /// The number SQLite gave to the last inserted row.
    var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(handle) }

    /// Runs `body` as one transaction that takes the write lock at once; an error undoes everything.
    func transaction<Result>(_ body: () throws(DatabaseError) -> Result) throws(DatabaseError) -> Result {
        try execute("BEGIN IMMEDIATE")
        do throws(DatabaseError) {
            let result = try body()
            try execute("COMMIT")
            return result
        } catch {
            // After some errors (disk full) SQLite has rolled back by itself, and this one says so: not our concern.
            try? execute("ROLLBACK")
            throw error
        }
    }

    /// A prepared statement, kept for the next time.
    private func statement(_ sql: String) throws(DatabaseError) -> Statement {
        if let prepared = statements[sql] { return prepared }
        let prepared = try Statement(sql, on: handle)
        statements[sql] = prepared
        return prepared
    }
}
