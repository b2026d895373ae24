import Foundation
import Synchronization

/// Tells what a door is waited for: once for as long as it lasts, however many requests have to wait.
final class WatchNotices: Sendable {
    private let tell: @Sendable (WatchNews) -> Void
    private let state = Mutex(State())

    private struct State {
        /// What was told last, and holds still.
        var told: String?
        /// Whether the request under way had to wait.
        var hasWaited = false
    }

    init(tell: @escaping @Sendable (WatchNews) -> Void) {
        self.tell = tell
    }

    /// What somebody waits for; `nil` when a request has ended.
    func note(_ notice: String?, by waiting: UUID) {
        let news = state.withLock { state -> String? in
            guard let notice else {
                defer { state.hasWaited = false }
                guard !state.hasWaited, state.told != nil else { return nil }
                state.told = nil
                return "It goes on."
            }
            state.hasWaited = true
            guard state.told != notice else { return nil }
            state.told = notice
            return notice
        }
        if let news { tell(.notice(news)) }
    }
}
