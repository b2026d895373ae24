import Domain
import Synchronization

/// A connection for reads of some microseconds, done at once on the caller's thread: to hand them to another thread and
/// back would take longer than they do. What searches belongs to a `DatabaseThread`.
final class PointReader: Sendable {
    private let database: Mutex<Database>

    /// Opens the file at `path`.
    init(path: String) throws(StoreError) {
        database = Mutex(try stored { () throws(DatabaseError) in try Database(path: path) })
    }

    /// Runs `body` with the connection.
    func read<Result: Sendable>(
        _ body: (Database) throws(DatabaseError) -> Result
    ) throws(StoreError) -> Result {
        try stored { () throws(DatabaseError) in
            try database.withLock { database throws(DatabaseError) in try body(database) }
        }
    }
}
