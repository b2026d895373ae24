import Synchronization

/// Wakes whoever waits for something to happen. What rings between looking and waiting is not missed:
///
///     let mark = bell.mark
///     if nothingToDo { await bell.wait(past: mark) }
public final class Bell: Sendable {
    private struct State {
        var rings = 0
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var tickets = 0
    }

    private let state = Mutex(State())

    /// Starts silent.
    public init() {}

    /// How often it has rung so far.
    public var mark: Int { state.withLock(\.rings) }

    /// Wakes everybody who waits.
    public func ring() {
        let woken = state.withLock { state in
            state.rings += 1
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for waiter in woken { waiter.resume() }
    }

    /// Waits as below, but no longer than `patience`.
    public func wait(past mark: Int, atMost patience: Duration) async {
        await withTaskGroup { group in
            group.addTask { await self.wait(past: mark) }
            group.addTask { try? await Task.sleep(for: patience) }
            await group.next()
            group.cancelAll()
        }
    }

    /// Waits until it has rung after `mark` was read, or until the task is cancelled.
    public func wait(past mark: Int) async {
        let ticket = state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mayWait = state.withLock { state in
                    guard state.rings == mark, !Task.isCancelled else { return false }
                    state.waiting[ticket] = continuation
                    return true
                }
                if !mayWait { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: ticket) }?.resume()
        }
    }
}
