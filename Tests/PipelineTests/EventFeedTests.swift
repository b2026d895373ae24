import Domain
import Foundation
import Pipeline
import Synchronization
import Testing

@Suite struct EventFeedTests {
    private let catalog = InMemoryCatalog()

    private func add(_ count: Int) async throws {
        for _ in 0..<count {
            let id = PhotoID()
            let key = try #require(PhotoKey("\(id)"))
            let content = Photo.Content(bytes: 1, sha256: "aa")
            _ = await catalog.admit(
                Photo(id: id, bucket: .incoming, key: key, content: content, createdAt: id.time), priority: .ordinary)
        }
    }

    private var late: ContinuousClock.Instant { .now + .seconds(60) }

    @Test func aReaderThatWaitsIsWokenByWhatHappens() async throws {
        let feed = EventFeed(catalog)
        try await add(1)
        #expect(try await feed.newest() == 1)
        async let news = feed.news(after: 1, until: late)
        try await add(1)
        guard case .events(let events) = try await news else { return #expect(Bool(false)) }
        #expect(events.map(\.number) == [2])
        #expect(try await feed.news(after: 2, until: .now) == .events([]))
    }

    @Test func slowReadersReadTheLogAtTheirPace() async throws {
        let feed = EventFeed(catalog)
        _ = try await feed.newest()
        try await add(2500)
        for start in [0, 700, 1600, 2499] {
            var (place, read) = (start, [Int]())
            while place < 2500 {
                guard case .events(let events) = try await feed.news(after: place, until: late) else { break }
                read += events.map(\.number)
                place = read.last ?? 2500
            }
            #expect(read == Array(start + 1...2500))
        }
    }

    @Test(arguments: [8, 100])
    func aPlaceThatNeverWasIsLost(_ place: Int) async throws {
        let feed = EventFeed(catalog)
        try await add(7)
        #expect(try await feed.news(after: place, until: late) == .lost(newest: 7))
    }

    @Test func whatIsForgottenIsLost() async throws {
        let log = ShortLog(range: 101...120)
        let feed = EventFeed(log)
        #expect(try await feed.news(after: 99, until: late) == .lost(newest: 120))
        guard case .events(let events) = try await feed.news(after: 100, until: late) else {
            return #expect(Bool(false))
        }
        #expect(events.map(\.number) == Array(101...120))
    }

    @Test func manyWhoWaitAreOneReading() async throws {
        let log = ShortLog(range: 1...1)
        let feed = EventFeed(log)
        _ = try await feed.newest()
        let before = log.readings
        try await withThrowingTaskGroup(of: EventFeed.News?.self) { group in
            for _ in 0..<100 { group.addTask { try await feed.news(after: 1, until: .now + .seconds(60)) } }
            log.add()
            for try await news in group {
                guard case .events(let events) = news else { return #expect(Bool(false)) }
                #expect(events.map(\.number) == [2])
            }
        }
        // One that finds the event, and one that finds no more.
        #expect(log.readings - before <= 2)
    }

    @Test func closingSendsReadersAway() async throws {
        let feed = EventFeed(catalog)
        async let news = feed.news(after: 0, until: late)
        await feed.close()
        #expect(try await news == nil)
        #expect(try await feed.news(after: 0, until: late) == nil)
    }

    @Test func readersAreLimitedAndMakeRoomWhenTheyGo() async throws {
        let feed = EventFeed(catalog, mostReaders: 2)
        var readers = [feed.admit(), feed.admit()]
        #expect(readers.allSatisfy { $0 != nil })
        #expect(feed.admit() == nil)
        readers.removeLast()
        #expect(feed.admit() != nil)
        withExtendedLifetime(readers) {}
    }
}

/// A log that has forgotten its beginning, and counts how often it is read.
private final class ShortLog: EventLog {
    private struct State {
        var range: ClosedRange<Int>
        var listeners: [@Sendable () -> Void] = []
        var readings = 0
    }

    private let state: Mutex<State>

    init(range: ClosedRange<Int>) {
        state = Mutex(State(range: range))
    }

    var readings: Int { state.withLock(\.readings) }

    func add() {
        let listeners = state.withLock { state in
            state.range = state.range.lowerBound...state.range.upperBound + 1
            return state.listeners
        }
        for listener in listeners { listener() }
    }

    func events(after number: Int, limit: Int) -> [LiveEvent] {
        guard let key = PhotoKey("a.jpg") else { return [] }
        let range = state.withLock { state in
            state.readings += 1
            return state.range
        }
        return range.filter { $0 > number }.prefix(limit).map {
            LiveEvent(number: $0, kind: .queued, time: Date(), photo: PhotoID(), bucket: .incoming, key: key)
        }
    }

    func eventRange() -> ClosedRange<Int>? { state.withLock(\.range) }

    func onEvents(_ listener: @escaping @Sendable () -> Void) {
        state.withLock { $0.listeners.append(listener) }
    }
}
