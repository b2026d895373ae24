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
        let photo = try Sample.photo("a")
        _ = try await catalog.admit(photo)
        let first = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(first.crashes == 0)
        try await catalog.release(first, because: .absence(reason: "The store is away."))
        #expect(try await catalog.lease(for: .seconds(60)) == nil)
        let resting = try #require(try await catalog.job(of: photo.id))
        #expect(resting.standing == .resting(until: clock.now + 5))
        #expect(resting.setback == "The store is away.")

        clock.advance(by: 6)
        let second = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(second.crashes == 0)
        try await catalog.release(first, because: .crash(reason: "late"))
        #expect(try await catalog.lease(for: .seconds(60)) == nil, "an old lease gave the photo back")
        try await catalog.release(second, because: .crash(reason: "It brought the decoder down."))
        let third = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(third.crashes == 1)
        #expect(third.interruptions == 0)
    }

    @Test("a lane that is not heard of again is counted", arguments: Implementation.allCases)
    func interruption(_ implementation: Implementation) async throws {
        let clock = TestClock()
        let catalog = try implementation.catalog(clock: clock)
        _ = try await catalog.admit(try Sample.photo("a"))
        for interruptions in 0..<3 {
            #expect(try await catalog.lease(for: .seconds(60))?.interruptions == interruptions)
            clock.advance(by: 61)
        }
    }

    @Test("who waits for an answer goes first, a batch last", arguments: Implementation.allCases)
    func priority(_ implementation: Implementation) async throws {
        let clock = TestClock()
        let catalog = try implementation.catalog(clock: clock)
        let photos: [(String, Job.Priority)] = [
            ("batch 1", .batch), ("one", .ordinary), ("batch 2", .batch), ("awaited", .awaited), ("other", .ordinary),
        ]
        for (key, priority) in photos {
            _ = try await catalog.admit(try Sample.photo(key), priority: priority)
            clock.advance(by: 1)
        }
        let expected = ["awaited", "one", "other", "batch 1", "batch 2"]
        #expect(try await catalog.jobs(limit: 10).map(\.key.description) == expected)
        #expect(try await catalog.jobs(limit: 10).map(\.standing) == (0..<5).map { .waiting(behind: $0) })
        #expect(try await catalog.jobs(limit: 2).map(\.key.description) == ["awaited", "one"])
        var taken: [String] = []
        while let lease = try await catalog.lease(for: .seconds(60)) { taken.append(lease.photo.key.description) }
        #expect(taken == expected)
    }

    @Test("putting it in again moves a photo forward, never back", arguments: Implementation.allCases)
    func forward(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        let photo = try Sample.photo("a")
        _ = try await catalog.admit(photo, priority: .batch)
        _ = try await catalog.admit(try Sample.photo("a"), priority: .awaited)
        #expect(try await catalog.job(of: photo.id)?.priority == .awaited)
        _ = try await catalog.admit(try Sample.photo("a"), priority: .batch)
        #expect(try await catalog.job(of: photo.id)?.priority == .awaited)
    }

    @Test("a job knows its place", arguments: Implementation.allCases)
    func place(_ implementation: Implementation) async throws {
        let clock = TestClock()
        let catalog = try implementation.catalog(clock: clock)
        let photos = try ["a", "b", "c"].map { try Sample.photo($0) }
        for photo in photos {
            _ = try await catalog.admit(photo)
            clock.advance(by: 1)
        }
        let lease = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(try await catalog.job(of: photos[0].id)?.standing == .leased)
        #expect(try await catalog.job(of: photos[1].id)?.standing == .waiting(behind: 0))
        #expect(try await catalog.job(of: photos[2].id)?.standing == .waiting(behind: 1))
        #expect(try await catalog.jobs(limit: 2).map(\.photo) == [photos[0].id, photos[1].id])
        #expect(try await catalog.settle(lease, as: .failed(Failure(.damaged, "bad"))))
        #expect(try await catalog.job(of: photos[0].id) == nil)
        #expect(try await catalog.job(of: PhotoID()) == nil)
    }

    @Test("while it is paused nothing is lent, and what is lent can be settled", arguments: Implementation.allCases)
    func pause(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        for key in ["a", "b"] { _ = try await catalog.admit(try Sample.photo(key)) }
        let held = try #require(try await catalog.lease(for: .seconds(60)))
        try await catalog.setPaused(true)
        #expect(try await catalog.lease(for: .seconds(60)) == nil)
        #expect(try await catalog.settle(held, as: .analysed(Sample.findings([]))))
        #expect(try await catalog.depth() == QueueDepth(waiting: 1, leased: 0, isPaused: true))
        try await catalog.setPaused(false)
        #expect(try await catalog.lease(for: .seconds(60)) != nil)
    }

    @Test("a photo that failed can be tried again, and only such a one", arguments: Implementation.allCases)
    func retry(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        let photo = try Sample.photo("a")
        _ = try await catalog.admit(photo)
        #expect(try await catalog.retry(photo.id) == false)
        let lease = try #require(try await catalog.lease(for: .seconds(60)))
        try await catalog.release(lease, because: .crash(reason: "once"))
        let second = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(try await catalog.settle(second, as: .failed(Failure(.decoderCrashed, "It crashed."))))
        #expect(try await catalog.depth() == QueueDepth(waiting: 0, leased: 0, failed: 1))

        #expect(try await catalog.retry(photo.id))
        #expect(try await catalog.retry(photo.id) == false)
        #expect(try await catalog.photo(photo.id)?.state == .queued)
        #expect(try await catalog.depth() == QueueDepth(waiting: 1, leased: 0))
        let third = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(third.crashes == 0, "a retry starts anew")
        #expect(try await catalog.settle(third, as: .analysed(Sample.findings([("Cat", 90)]))))
        #expect(try await catalog.retry(photo.id) == false)
        #expect(try await catalog.retry(PhotoID()) == false)
    }

    @Test("every change of the record has a revision of its own; a lease is none", arguments: Implementation.allCases)
    func revisions(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        let photo = try Sample.photo("a")
        var seen: [Photo] = []
        func look() async throws { seen.append(try #require(try await catalog.photo(photo.id))) }
        _ = try await catalog.admit(photo)
        try await look()
        let first = try #require(try await catalog.lease(for: .seconds(60)))
        try await look()
        #expect(try await catalog.settle(first, as: .failed(Failure(.damaged, "It ends early."))))
        try await look()
        #expect(try await catalog.retry(photo.id))
        try await look()
        let second = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(try await catalog.settle(second, as: .analysed(Sample.findings([("Cat", 90)]))))
        try await look()
        try await look()
        #expect(seen.map(\.status) == [.queued, .analysing, .failed, .queued, .analysed, .analysed])
        #expect(seen.map(\.revision) == [0, 0, 1, 2, 3, 3])
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
