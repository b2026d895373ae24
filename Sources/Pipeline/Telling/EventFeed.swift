public import Domain

/// What happens, for many readers at once. New events are read from the log once for all who wait for them; somebody who
/// comes back after a while, or reads slowly, reads the log at their own pace. Nobody who waits asks for anything.
public actor EventFeed {
    /// What a reader gets.
    public enum News: Sendable, Equatable {
        /// The events behind the reader's place, oldest first; none when the time was up.
        case events([LiveEvent])
        /// Events behind the reader's place are forgotten, or it never was one: to go on from `newest`.
        case lost(newest: Int)
    }

    private let log: any EventLog
    private let bell = Bell()
    private let readers: Readers
    private var isListening = false
    private var isClosed = false
    /// Which ring of the bell was read for last.
    private var seen = -1
    private var reading: Task<Void, any Error>?
    private var recent: [LiveEvent] = []
    /// `recent` holds what is behind this number, up to `latest`.
    private var start = 0
    private var latest = 0

    private static let mostAtOnce = 500
    private static let mostRecent = 1000

    /// Reads a log for at most `mostReaders` at a time.
    public init(_ log: any EventLog, mostReaders: Int = 256) {
        self.log = log
        readers = Readers(most: mostReaders)
    }

    /// A place for one more reader, kept for as long as it is held; `nil` when there are too many.
    nonisolated public func admit() -> EventReader? {
        readers.admit()
    }

    /// The number of the newest event; 0 when there were none.
    public func newest() async throws -> Int {
        try await refresh()
        return latest
    }

    /// What is behind a place, at once when there is something, else when something happens or at `time`; `nil` when there
    /// is nothing and the feed is closed.
    public func news(after place: Int, until time: ContinuousClock.Instant) async throws -> News? {
        while true {
            try Task.checkCancellation()
            let mark = bell.mark
            let news = try await news(after: place)
            guard news == .events([]) else { return news }
            if isClosed { return nil }
            if time <= .now { return news }
            await bell.wait(past: mark, atMost: time - .now)
        }
    }

    /// Sends all readers away once they have what there is.
    public func close() {
        isClosed = true
        bell.ring()
    }

    private func news(after place: Int) async throws -> News {
        try await refresh()
        // Nothing beyond this is handed out before it counts as read: a reader must never be ahead.
        let latest = latest
        if place > latest { return .lost(newest: latest) }
        if place >= start {
            let first = recent.lastIndex { $0.number <= place }.map { $0 + 1 } ?? 0
            return .events(Array(recent[first...]))
        }
        let events = try await log.events(after: place, limit: Self.mostAtOnce)
        guard let range = try await log.eventRange(), place >= range.lowerBound - 1 else {
            return .lost(newest: latest)
        }
        return .events(events.filter { $0.number <= latest })
    }

    /// Sees to it that what has happened so far is known; who comes while it is being read waits for that.
    private func refresh() async throws {
        while seen != bell.mark {
            let task = reading ?? Task { try await read() }
            reading = task
            try await task.value
        }
    }

    private func read() async throws {
        defer { reading = nil }
        if !isListening {
            isListening = true
            await log.onEvents { [bell] in bell.ring() }
        }
        let mark = bell.mark
        if seen < 0 {
            latest = try await log.eventRange()?.upperBound ?? 0
            start = latest
        }
        while let last = try await take() { latest = last }
        seen = mark
    }

    /// Takes the next events into `recent`; answers the last one's number.
    private func take() async throws -> Int? {
        let events = try await log.events(after: latest, limit: Self.mostAtOnce)
        recent += events
        if recent.count > Self.mostRecent, let last = recent.dropLast(Self.mostRecent).last {
            start = last.number
            recent.removeFirst(recent.count - Self.mostRecent)
        }
        return events.last?.number
    }
}
