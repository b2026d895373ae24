import HeapMemory
import Synchronization

/// Gives memory back to the system once the lanes have nothing to do. The models leave a few hundred megabytes behind
/// that the next photo would use again; while none comes, others need them more.
final class Leftovers: Sendable {
    private let made = Atomic(0)
    private let seen = Atomic(0)
    private let returned = Atomic(0)

    /// A photo was looked at.
    func add() {
        made.add(1, ordering: .relaxed)
    }

    /// To be called every few seconds: gives memory back when nothing was looked at since the last time, but was before.
    func returnIfIdle() {
        let now = made.load(ordering: .relaxed)
        let isIdle = seen.exchange(now, ordering: .relaxed) == now
        guard isIdle, returned.exchange(now, ordering: .relaxed) != now else { return }
        HeapMemory.giveBack()
    }
}
