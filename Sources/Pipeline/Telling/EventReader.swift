import Synchronization

/// The place of one reader of events, free again when this goes.
public final class EventReader: Sendable {
    private let readers: Readers

    fileprivate init(_ readers: Readers) {
        self.readers = readers
    }

    deinit {
        readers.count.subtract(1, ordering: .relaxed)
    }
}

/// How many readers there are, and may be.
final class Readers: Sendable {
    private let most: Int
    fileprivate let count = Atomic(0)

    init(most: Int) {
        self.most = most
    }

    func admit() -> EventReader? {
        guard count.add(1, ordering: .relaxed).newValue <= most else {
            count.subtract(1, ordering: .relaxed)
            return nil
        }
        return EventReader(self)
    }
}
