import Domain
import Foundation
import Testing

@Suite("Outbox", .serialized)
struct OutboxContract {
    private let ann = Recipient.email("ann@example.org")
    private let bob = Recipient.email("bob@example.org")

    private func delivery(_ key: String, to recipient: Recipient, at time: Date) throws -> Delivery {
        Delivery(
            key: try #require(DeliveryKey(key)), recipient: recipient, announcement: Announcement(.test, at: time),
            createdAt: time)
    }

    /// Three for Ann, one for Bob, a second apart; the clock is past them all.
    private func filled(_ implementation: Implementation, _ clock: TestClock) async throws -> any Store {
        let catalog = try implementation.catalog(clock: clock)
        for (key, recipient) in [("a1", ann), ("a2", ann), ("b1", bob), ("a3", ann)] {
            try await catalog.post([try delivery(key, to: recipient, at: clock.now)])
            clock.advance(by: 1)
        }
        return catalog
    }

    private func due(_ catalog: any Store, excluding busy: Set<Recipient> = [], limit: Int = 10) async throws
        -> [String]
    {
        try await catalog.due(excluding: busy, limit: limit).map(\.key.description)
    }

    @Test("of each recipient the oldest is due, of nobody two", arguments: Implementation.allCases)
    func order(_ implementation: Implementation) async throws {
        let catalog = try await filled(implementation, TestClock())
        #expect(try await due(catalog) == ["a1", "b1"])
        #expect(try await due(catalog, limit: 1) == ["a1"])
        #expect(try await due(catalog, excluding: [ann]) == ["b1"])
        #expect(try await due(catalog, excluding: [ann, bob]) == [])
        #expect(try await catalog.outboxDepth() == OutboxDepth(waiting: 4, undeliverable: 0))
    }

    @Test("what has arrived is forgotten, and the next is due", arguments: Implementation.allCases)
    func arrival(_ implementation: Implementation) async throws {
        let catalog = try await filled(implementation, TestClock())
        try await catalog.delivered(try #require(DeliveryKey("a1")))
        #expect(try await due(catalog) == ["a2", "b1"])
        try await catalog.delivered(try #require(DeliveryKey("a1")))
        #expect(try await catalog.outboxDepth().waiting == 3)
    }

    @Test("what is there under a key stays as it is", arguments: Implementation.allCases)
    func sameKey(_ implementation: Implementation) async throws {
        let clock = TestClock()
        let catalog = try await filled(implementation, clock)
        let key = try #require(DeliveryKey("a1"))
        try await catalog.failed(key, because: "away", retryAt: clock.now + 60)
        try await catalog.post([try delivery("a1", to: bob, at: clock.now)])
        let stays = try #require(try await catalog.deliveries(limit: 10).first { $0.key == key })
        #expect(stays.tries == 1 && stays.recipient == ann && stays.problem == "away")
        #expect(try await catalog.outboxDepth().waiting == 4)
    }

    @Test(
        "what failed is tried again at its time, others of the same recipient before",
        arguments: Implementation.allCases)
    func retry(_ implementation: Implementation) async throws {
        let clock = TestClock()
        let catalog = try await filled(implementation, clock)
        let key = try #require(DeliveryKey("b1"))
        try await catalog.failed(key, because: "away", retryAt: clock.now + 60)
        #expect(try await due(catalog) == ["a1"])
        #expect(try await catalog.nextDue(excluding: [ann]) == clock.now + 60)
        clock.advance(by: 60)
        #expect(try await due(catalog, excluding: [ann]) == ["b1"])
        try await catalog.failed(key, because: "still away", retryAt: clock.now + 120)
        let waiting = try #require(try await catalog.deliveries(limit: 10).first { $0.key == key })
        #expect(waiting.tries == 2 && waiting.problem == "still away")
        #expect(waiting.standing == .waiting(until: clock.now + 120))

        try await catalog.failed(try #require(DeliveryKey("a1")), because: "once", retryAt: clock.now + 5)
        #expect(try await due(catalog) == ["a2"])
    }

    @Test("the time of the next is that of the first to anybody who is free", arguments: Implementation.allCases)
    func nextDue(_ implementation: Implementation) async throws {
        let clock = TestClock()
        let catalog = try implementation.catalog(clock: clock)
        #expect(try await catalog.nextDue(excluding: []) == nil)
        let start = clock.now
        try await catalog.post([try delivery("a", to: ann, at: start), try delivery("b", to: bob, at: start + 9)])
        #expect(try await catalog.nextDue(excluding: []) == start)
        #expect(try await catalog.nextDue(excluding: [ann]) == start + 9)
        #expect(try await catalog.nextDue(excluding: [ann, bob]) == nil)
        #expect(try await due(catalog) == ["a"])
    }

    @Test("what was given up comes first, and waits for a person", arguments: Implementation.allCases)
    func givenUp(_ implementation: Implementation) async throws {
        let clock = TestClock()
        let catalog = try await filled(implementation, clock)
        let key = try #require(DeliveryKey("a2"))
        try await catalog.failed(key, because: "no such mailbox", retryAt: nil)
        let all = try await catalog.deliveries(limit: 10)
        #expect(all.map(\.key.description) == ["a2", "a1", "b1", "a3"])
        #expect(all.first?.standing == .undeliverable && all.first?.problem == "no such mailbox")
        #expect(try await catalog.deliveries(limit: 1).map(\.key) == [key])
        #expect(try await catalog.outboxDepth() == OutboxDepth(waiting: 3, undeliverable: 1))
        clock.advance(by: 1_000_000)
        try await catalog.delivered(try #require(DeliveryKey("a1")))
        #expect(try await due(catalog) == ["b1", "a3"])
    }

    @Test("a person has one tried again, or all that were given up", arguments: Implementation.allCases)
    func redelivery(_ implementation: Implementation) async throws {
        let clock = TestClock()
        let catalog = try await filled(implementation, clock)
        for key in ["a1", "a2", "a3"] {
            try await catalog.failed(try #require(DeliveryKey(key)), because: "refused", retryAt: nil)
        }
        try await catalog.failed(try #require(DeliveryKey("b1")), because: "away", retryAt: clock.now + 60)
        #expect(try await due(catalog) == [])
        #expect(try await catalog.redeliver(DeliveryKey("b1")) == 1)
        #expect(try await due(catalog) == ["b1"])
        #expect(try await catalog.redeliver(DeliveryKey("a2")) == 1)
        #expect(try await due(catalog, excluding: [bob]) == ["a2"])
        #expect(try await catalog.redeliver(nil) == 2)
        #expect(try await catalog.redeliver(nil) == 0)
        #expect(try await catalog.redeliver(DeliveryKey("gone")) == 0)
        #expect(try await catalog.outboxDepth() == OutboxDepth(waiting: 4, undeliverable: 0))
        #expect(try await catalog.deliveries(limit: 10).filter { $0.recipient == ann }.allSatisfy { $0.tries == 1 })
    }

    @Test("a person takes one out", arguments: Implementation.allCases)
    func discarding(_ implementation: Implementation) async throws {
        let catalog = try await filled(implementation, TestClock())
        let key = try #require(DeliveryKey("a1"))
        #expect(try await catalog.discard(key))
        #expect(try await catalog.discard(key) == false)
        #expect(try await due(catalog) == ["a2", "b1"])
    }
}
