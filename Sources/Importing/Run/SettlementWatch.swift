import Domain
import Foundation
import Synchronization

/// Waits until the photos of an import are looked at, by asking for those that were sent first: photos are looked at in
/// about the order in which they came, so few are asked for in vain.
final class SettlementWatch: Sendable {
    private let door: PatientDoor
    private let tally: ImportTally
    private let state = Mutex(State())

    private struct State {
        var waiting: [Photo] = []
        var isClosed = false
    }

    private struct Photo: Equatable {
        let id: PhotoID
        let path: String
    }

    /// So many are asked for at a time.
    private static let window = 16
    private static let pause = Duration.milliseconds(200)

    init(door: PatientDoor, tally: ImportTally) {
        self.door = door
        self.tally = tally
    }

    func add(_ id: PhotoID, from path: String) {
        state.withLock { $0.waiting.append(Photo(id: id, path: path)) }
    }

    /// No more will be added.
    func close() {
        state.withLock { $0.isClosed = true }
    }

    /// Returns when all are looked at and no more will come. Throws what ends the whole import.
    func run() async throws {
        while true {
            let (asked, isOver) = state.withLock { state in
                (Array(state.waiting.prefix(Self.window)), state.isClosed && state.waiting.isEmpty)
            }
            if isOver { return }
            var settled: [Photo] = []
            for photo in asked where try await isSettled(photo) { settled.append(photo) }
            state.withLock { state in state.waiting.removeAll(where: settled.contains) }
            if settled.isEmpty { try await Task.sleep(for: Self.pause) }
        }
    }

    private func isSettled(_ photo: Photo) async throws -> Bool {
        let (answer, _) = try await door.ask("/api/v1/photos/\(photo.id)?maxLabels=0")
        // Somebody has deleted or replaced it.
        guard answer.status != 404 else {
            tally.settled()
            return true
        }
        guard answer.status == 200 else { throw ImportStop.server(answer.problem.message) }
        let stored = try answer.value(StoredPhoto.self)
        switch stored.status {
        case .queued, .analysing: return false
        case .analysed: tally.settled()
        case .failed:
            tally.settled(isFinished: false)
            tally.record(.failed, photo.path, stored.error ?? .unknown)
        }
        return true
    }
}
