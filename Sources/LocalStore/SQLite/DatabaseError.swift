import CSQLite
import Domain

/// What SQLite said, and to which statement.
struct DatabaseError: Error, CustomStringConvertible {
    /// The extended result code.
    let code: Int32
    let message: String
    let sql: String

    init(code: Int32, handle: OpaquePointer?, sql: String) {
        self.code = code
        message = handle.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(code))
        self.sql = sql
    }

    init(message: String, sql: String) {
        code = SQLITE_MISMATCH
        self.message = message
        self.sql = sql
    }

    var description: String { "SQLite error \(code): \(message), in: \(sql)" }

    /// Whether the disk is full.
    var isFull: Bool { code & 0xFF == SQLITE_FULL }

    /// The error as callers of a store know it.
    fileprivate var asStoreError: StoreError {
        isFull
            ? StoreError(.full, "The disk with the data folder is full (\(message)). Free some space and try again.")
            : StoreError(.unavailable, description)
    }
}

/// Runs `body` and tells its errors as those of a store.
func stored<Result>(_ body: () throws(DatabaseError) -> Result) throws(StoreError) -> Result {
    do throws(DatabaseError) {
        return try body()
    } catch {
        throw error.asStoreError
    }
}
