import Foundation

/// Work handed from many threads to one, in order.
///
/// `@unchecked Sendable`: `work` and `isOpen` are touched only while `condition` is locked.
final class ThreadInbox: @unchecked Sendable {
    private let condition = NSCondition()
    private var work: [@Sendable () -> Void] = []
    private var taken = 0
    private var isOpen = true

    func add(_ piece: @escaping @Sendable () -> Void) {
        condition.withLock { work.append(piece) }
        condition.signal()
    }

    /// Waits for work; `nil` once the inbox is closed and empty.
    func next() -> (@Sendable () -> Void)? {
        condition.withLock {
            while taken == work.count, isOpen { condition.wait() }
            guard taken < work.count else { return nil }
            defer {
                taken += 1
                if taken == work.count {
                    work.removeAll(keepingCapacity: true)
                    taken = 0
                }
            }
            return work[taken]
        }
    }

    func close() {
        condition.withLock { isOpen = false }
        condition.broadcast()
    }
}
