import Synchronization

/// Keeps the values that were used last, up to twice `capacity` of them; safe to use from any thread.
///
/// Values live in two generations: what is used moves to the young one, and when that is full it becomes the old one and
/// the old one is forgotten. Unlike a list in the order of use it costs one lookup.
public final class RecentCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Generations {
        var young: [Key: Value] = [:]
        var old: [Key: Value] = [:]
    }

    private let capacity: Int
    private let generations = Mutex(Generations())

    /// Starts empty; `capacity` is the size of one generation.
    public init(capacity: Int) {
        self.capacity = capacity
    }

    /// The value for a key, if it is still here.
    public func value(for key: Key) -> Value? {
        generations.withLock { generations in
            if let value = generations.young[key] { return value }
            guard let value = generations.old[key] else { return nil }
            keep(value, for: key, in: &generations)
            return value
        }
    }

    /// Keeps a value in place of what was there for its key.
    public func keep(_ value: Value, for key: Key) {
        generations.withLock { keep(value, for: key, in: &$0) }
    }

    private func keep(_ value: Value, for key: Key, in generations: inout Generations) {
        if generations.young.count >= capacity, generations.young[key] == nil {
            generations.old = generations.young
            generations.young = [:]
        }
        generations.young[key] = value
    }
}
