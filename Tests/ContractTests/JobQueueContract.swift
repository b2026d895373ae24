import Domain
import Foundation
import Testing

@Suite("JobQueue", .serialized)
struct JobQueueContract {
    @Test("photos are lent in the order they came, each once", arguments: Implementation.allCases)
    func order(_ implementation: Implementation) async throws {
        let clock = TestClock()
        let catalog = try implementation.catalog(clock: clock)
        for key in ["a", "b", "c"] {
            _ = try await catalog.admit(try Sample.photo(key))
            clock.advance(by: 1)
        }
        var keys: [String] = []
        while let lease = try await catalog.lease(for: .seconds(60)) {
            #expect(lease.photo.state == .analysing)
            keys.append(lease.photo.key.description)
        }
        #expect(keys == ["a", "b", "c"])
        #expect(try await catalog.depth() == QueueDepth(waiting: 0, leased: 3))
    }

    @Test("a leased photo shows as analysing, until the lease runs out", arguments: Implementation.allCases)
    func expiry(_ implementation: Implementation) async throws {
        let clock = TestClock()
        let catalog = try implementation.catalog(clock: clock)
        let photo = try Sample.photo("a")
        _ = try await catalog.admit(photo)
        let first = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(try await catalog.photo(photo.id)?.state == .analysing)
        #expect(try await catalog.lease(for: .seconds(60)) == nil)

        clock.advance(by: 61)
        #expect(try await catalog.photo(photo.id)?.state == .queued)
        let second = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(second.token != first.token)
        #expect(try await catalog.settle(first, as: .failed(Failure(.damaged, "late"))) == false)
        #expect(try await catalog.settle(second, as: .failed(Failure(.damaged, "in time"))))
    }

    @Test("a released photo waits for its pause; crashes are counted", arguments: Implementation.allCases)
    func release(_ implementation: Implementation) async throws {
        let clock = TestClock()
        let catalog = try implementation.catalog(clock: clock)
        _ = try await catalog.admit(try Sample.photo("a"))
        let first = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(first.crashes == 0)
        try await catalog.release(first, after: .seconds(5), crashed: true)
        #expect(try await catalog.lease(for: .seconds(60)) == nil)

        clock.advance(by: 6)
        let second = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(second.crashes == 1)
        try await catalog.release(first, after: .zero, crashed: true)
        #expect(try await catalog.lease(for: .seconds(60)) == nil, "an old lease gave the photo back")
        try await catalog.release(second, after: .zero, crashed: false)
        #expect(try await catalog.lease(for: .seconds(60))?.crashes == 1)
    }

    @Test("two lanes never get the same photo", arguments: Implementation.allCases)
    func race(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        for number in 0..<20 { _ = try await catalog.admit(try Sample.photo("\(number)")) }
        let leased = try await withThrowingTaskGroup(of: [PhotoID].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var mine: [PhotoID] = []
                    while let lease = try await catalog.lease(for: .seconds(60)) { mine.append(lease.photo.id) }
                    return mine
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(leased.count == 20)
        #expect(Set(leased).count == 20)
    }
}
