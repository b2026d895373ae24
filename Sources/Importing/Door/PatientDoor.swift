import Domain
import Foundation

/// Why an import ends before its end.
public enum ImportStop: Error, Sendable, Equatable {
    /// Somebody asked for it.
    case cancelled
    /// The server cannot go on; the sentence says why.
    case server(String)
}

/// A door at which is waited: for a queue to have room as long as it takes, for a server that is away for a while.
struct PatientDoor: Sendable {
    let door: any PhotoDoor
    /// How long a server may be away; `nil` where that and a full disk are waited out however long it takes.
    let patience: Duration?
    /// Told what somebody waits for, and `nil` when that is over.
    let note: @Sendable (_ notice: String?, _ waiting: UUID) -> Void

    /// The longest pause in seconds between two tries.
    private static let longestPause = 5.0
    /// The longest pause in seconds that a server may ask for.
    private static let longestRetryAfter = 60

    /// The answer, and whether an earlier try may have got through.
    ///
    /// Throws `ImportStop`, `DoorError.fileChanged` and, where it was waiting, `CancellationError`.
    func ask(_ target: String, sending file: OpenFile? = nil) async throws -> (answer: DoorAnswer, isRepeated: Bool) {
        let ticket = UUID()
        defer { note(nil, ticket) }
        var away: Absence?
        var isRepeated = false
        while true {
            let trouble: String
            var wish: Int?
            switch try await attempt(target, sending: file) {
            case .success(let answer) where answer.status == 429:
                away = nil
                note("The queue is full; waiting for room", ticket)
                let seconds = min(Self.longestRetryAfter, max(1, answer.retryAfter ?? 1))
                try await Task.sleep(for: .seconds(seconds))
                continue
            case .success(let answer) where answer.status == 507 && patience != nil:
                throw ImportStop.server(answer.problem.message)
            case .success(let answer) where answer.status == 503 || answer.status == 507:
                trouble = answer.problem.message
                wish = answer.retryAfter
            case .success(let answer): return (answer, isRepeated)
            case .failure(let reason):
                trouble = "The server is away: \(reason)"
                isRepeated = true
            }
            var absence = away ?? Absence()
            if let patience, ContinuousClock.now - absence.start >= patience { throw ImportStop.server(trouble) }
            note(trouble, ticket)
            let wished = Double(min(Self.longestRetryAfter, wish ?? 0))
            try await Task.sleep(for: .seconds(max(wished, min(Self.longestPause, absence.nextPause))))
            absence.nextPause *= 2
            away = absence
        }
    }

    private struct Absence {
        let start = ContinuousClock.now
        var nextPause = 0.1
    }

    private enum Attempt {
        case success(DoorAnswer)
        case failure(reason: String)
    }

    private func attempt(_ target: String, sending file: OpenFile?) async throws(DoorError) -> Attempt {
        do throws(DoorError) {
            return .success(try await door.ask(target, sending: file))
        } catch {
            guard case .closed(let reason) = error else { throw error }
            return .failure(reason: reason)
        }
    }
}
