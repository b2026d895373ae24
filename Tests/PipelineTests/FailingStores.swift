import Domain
import Foundation
import Synchronization

/// An object store that fails when it is told to: the crash between two steps.
final class FailingObjects: ObjectStore {
    let inner = InMemoryObjectStore()
    private let plan = Mutex<[Fault]>([])
    private let hook = Mutex<(@Sendable () async -> Void)?>(nil)

    /// What goes wrong with the next erasure.
    enum Fault: Sendable {
        /// Nothing is removed.
        case refuse
        /// Everything is removed, and then the store is away.
        case breakOff
        /// It says that all is removed, and nothing is.
        case lie
    }

    /// The next erasures go wrong.
    func plan(_ faults: Fault...) {
        plan.withLock { $0 = faults }
    }

    /// Happens once, right after the next erasure.
    func afterErasure(_ body: @escaping @Sendable () async -> Void) {
        hook.withLock { $0 = body }
    }

    func erase(_ photo: PhotoID) async throws(StoreError) {
        let fault: Fault? = plan.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        switch fault {
        case .refuse: throw StoreError(.unavailable, "provoked")
        case .lie: return
        case .breakOff:
            await inner.erase(photo)
            throw StoreError(.unavailable, "provoked")
        case nil: await inner.erase(photo)
        }
        let body = hook.withLock { body in
            defer { body = nil }
            return body
        }
        await body?()
    }

    func stage() async -> any StagedObject { await inner.stage() }
    func open(_ key: ObjectKey) async throws(StoreError) -> OpenFile? { try await inner.open(key) }
    func remove(_ key: ObjectKey) async { await inner.remove(key) }
    func photos(before time: Date) async -> Set<PhotoID> { await inner.photos(before: time) }
    func freeBytes() -> Int? { nil }
}
