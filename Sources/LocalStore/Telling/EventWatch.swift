import Synchronization

/// Looks after each transaction whether it brought events, and says so: as the tables' triggers make them, whoever writes
/// need not think of it.
final class EventWatch: Sendable {
    private let newest = Mutex(0)
    private let listeners = Mutex<[@Sendable () -> Void]>([])

    func add(_ listener: @escaping @Sendable () -> Void) {
        listeners.withLock { $0.append(listener) }
    }

    /// To be called with the connection that has just written.
    func look(_ database: Database) {
        let found = try? database.first("SELECT max(number) FROM event") { row throws(DatabaseError) in row.integer(0) }
        let isNew = newest.withLock { newest in
            defer { newest = found ?? newest }
            return found.map { $0 > newest } ?? true
        }
        guard isNew else { return }
        for listener in listeners.withLock({ $0 }) { listener() }
    }
}
