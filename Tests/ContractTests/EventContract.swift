import Domain
import Foundation
import Synchronization
import Testing

@Suite("EventLog", .serialized)
struct EventContract {
    @Test("each thing that happens is one event, in order", arguments: Implementation.allCases)
    func order(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        #expect(try await catalog.eventRange() == nil)
        #expect(try await catalog.events(after: 0, limit: 10).isEmpty)

        try await setRules(catalog)
        try await catalog.addAnalysed(try Sample.photo("cat.jpg"), labels: [("Cat", 90)])
        let cat = try #require(try await catalog.dueErasures(limit: 10).first)
        #expect(try await catalog.erased(cat))
        #expect(try await !catalog.erased(cat))
        #expect(try await catalog.delete(cat))
        #expect(try await !catalog.delete(cat))

        let events = try await catalog.events(after: 0, limit: 100)
        #expect(Set(events.prefix(3).dropFirst().map(\.kind)) == [.analysed, .alert])
        #expect(events.map(\.kind).filter { $0 != .alert } == [.queued, .analysed, .erased, .deleted])
        #expect(events.count == 5)
        #expect(zip(events, events.dropFirst()).allSatisfy { $0.number < $1.number })
        for event in events {
            #expect(event.photo == cat && event.bucket == .incoming && event.key.description == "cat.jpg")
            #expect(event.alert == (event.kind == .alert ? "cats" : nil))
        }
    }

    @Test("a photo that fails, is tried again and replaced", arguments: Implementation.allCases)
    func failing(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        let photo = try Sample.photo("a.jpg", sha256: "aa")
        _ = try await catalog.admit(photo)
        _ = try await catalog.admit(photo)
        let lease = try #require(try await catalog.lease(for: .seconds(60)))
        try await catalog.release(lease, because: .absence(reason: "the disk is away"))
        #expect(try await catalog.retry(photo.id) == false)
        let other = try Sample.photo("a.jpg", sha256: "bb")
        _ = try await catalog.admit(other)
        let next = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(try await catalog.settle(next, as: .failed(Failure(.damaged, "It ends early."))))
        #expect(try await !catalog.settle(next, as: .failed(Failure(.damaged, "It ends early."))))
        #expect(try await catalog.retry(other.id))

        let events = try await catalog.events(after: 0, limit: 100)
        let told = events.map { "\($0.kind) \($0.photo == photo.id ? "old" : "new")" }
        #expect(Set(told[1...2]) == ["deleted old", "queued new"])
        #expect(told.first == "queued old" && told.dropFirst(3) == ["failed new", "queued new"])
    }

    @Test("a reader goes on behind any place", arguments: Implementation.allCases)
    func places(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        for number in 0..<5 { _ = try await catalog.admit(try Sample.photo("\(number).jpg", sha256: "\(number)")) }
        let all = try await catalog.events(after: 0, limit: 100)
        #expect(all.map(\.key.description) == ["0.jpg", "1.jpg", "2.jpg", "3.jpg", "4.jpg"])
        #expect(try await catalog.events(after: 0, limit: 2) == Array(all.prefix(2)))
        #expect(try await catalog.events(after: all[1].number, limit: 2) == Array(all[2...3]))
        #expect(try await catalog.events(after: all[4].number, limit: 2).isEmpty)
        let range = try #require(try await catalog.eventRange())
        #expect(range == all[0].number...all[4].number)
    }

    @Test("a listener hears of events that can be read, and of nothing else", arguments: Implementation.allCases)
    func listening(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        _ = try await catalog.admit(try Sample.photo("before.jpg"))
        let (heard, continuation) = AsyncStream.makeStream(of: Void.self)
        let count = Mutex(0)
        await catalog.onEvents {
            count.withLock { $0 += 1 }
            continuation.yield()
        }
        _ = try await catalog.admit(try Sample.photo("now.jpg", sha256: "bb"))
        for await _ in heard { break }
        #expect(try await catalog.events(after: 0, limit: 10).last?.key.description == "now.jpg")
        let sofar = count.withLock { $0 }
        try await catalog.setPaused(true)
        #expect(count.withLock { $0 } == sofar)
    }

    private func setRules(_ catalog: any Store) async throws {
        var incoming = Bucket.incoming
        incoming.retention = .deleteAfterAnalysis
        _ = try await catalog.keep(incoming)
        let rule = AlertRule(
            name: try #require(AlertName("cats")), condition: .label("Cat", minConfidence: 80), notify: [])
        _ = try await catalog.keep(rule)
    }
}
