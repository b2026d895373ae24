public import Domain
import Foundation
import Synchronization

/// Tells whoever waits for a photo that it is settled.
public final class Settlements: Sendable {
    /// Rings with each photo that is settled or gone.
    public let bell = Bell()
    private let waiting = Mutex<[PhotoID: [UUID: AsyncStream<Void>.Continuation]]>([:])

    /// Starts with nobody waiting.
    public init() {}

    /// The photo once `isOver` holds for it, which is asked whenever it is settled, or as it stands when time is up; `nil`
    /// when it is gone.
    ///
    /// `photo` reads it; it is read after the waiting has begun, so that nothing is missed in between.
    public func photo(
        _ id: PhotoID, within duration: Duration,
        until isOver: @Sendable (Photo) async throws -> Bool = { $0.isSettled },
        read photo: @Sendable () async throws -> Photo?
    ) async throws -> Photo? {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        let ticket = UUID()
        waiting.withLock { $0[id, default: [:]][ticket] = continuation }
        defer { forget(ticket, of: id) }
        guard let now = try await photo() else { return nil }
        if try await isOver(now) { return now }
        let timer = Task {
            try? await Task.sleep(for: duration)
            continuation.finish()
        }
        defer { timer.cancel() }
        for await _ in stream { break }
        return try await photo()
    }

    func announce(_ id: PhotoID) {
        let woken = waiting.withLock { $0.removeValue(forKey: id) } ?? [:]
        for continuation in woken.values { continuation.finish() }
        bell.ring()
    }

    private func forget(_ ticket: UUID, of id: PhotoID) {
        waiting.withLock { waiting in
            waiting[id]?[ticket] = nil
            if waiting[id]?.isEmpty == true { waiting[id] = nil }
        }
    }
}
