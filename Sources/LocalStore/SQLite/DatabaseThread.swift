import Domain
import Threading

/// A connection with a thread of its own: operations run one after another and block nobody else.
actor DatabaseThread {
    private let thread: ThreadExecutor
    private let database: Database
    private let afterWrite: @Sendable (Database) -> Void

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// Opens the file at `path` and lets `prepare` have the connection before anybody else, and `afterWrite` after each
    /// transaction.
    init(
        path: String, name: String, prepare: (Database) throws(StoreError) -> Void = { _ throws(StoreError) in },
        afterWrite: @escaping @Sendable (Database) -> Void = { _ in }
    ) throws(StoreError) {
        self.afterWrite = afterWrite
        thread = ThreadExecutor(name: name)
        database = try stored { () throws(DatabaseError) in try Database(path: path) }
        try prepare(database)
    }

    /// Runs `body` with the connection.
    func read<Result: Sendable>(
        _ body: @Sendable (Database) throws(DatabaseError) -> Result
    ) throws(StoreError) -> Result {
        try stored { () throws(DatabaseError) in try body(database) }
    }

    /// Runs `body` with the connection as one transaction. One that is not `isDurable` survives the end of the process,
    /// but perhaps not a power cut; it need not wait for the disk.
    @discardableResult
    func write<Result: Sendable>(
        isDurable: Bool = true, _ body: @Sendable (Database) throws(DatabaseError) -> Result
    ) throws(StoreError) -> Result {
        try stored { () throws(DatabaseError) in
            try database.setDurable(isDurable)
            let result = try database.transaction { () throws(DatabaseError) in try body(database) }
            afterWrite(database)
            return result
        }
    }
}
