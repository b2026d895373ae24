import Domain
import Foundation
import Pipeline
import Telemetry
import Testing

@Suite(.timeLimit(.minutes(1)))
struct CourierTests {
    private let post = TestPost()

    @Test func whatIsThereArrivesAndIsForgotten() async throws {
        try await post.add(["a1", "a2", "a3"], to: "ann")
        await post.courier.start()
        try await post.until { $0.arrived == ["a1", "a2", "a3"] }
        try await post.untilDepth(waiting: 0, undeliverable: 0)
        await post.courier.stop()
        #expect(post.metrics.exposition().contains(#"fovea_deliveries_total{outcome="delivered"} 3.0"#))
    }

    @Test func whatComesLaterIsToldWithoutWaiting() async throws {
        await post.courier.start()
        try await post.add(["a1"], to: "ann")
        post.bell.ring()
        try await post.until { $0.arrived == ["a1"] }
        await post.courier.stop()
    }

    @Test func whatFailsIsTriedAgainUnderTheSameKey() async throws {
        post.answers(to: "ann", .transient(reason: "It is away.", retryAfter: nil), nil)
        try await post.add(["a1"], to: "ann")
        await post.courier.start()
        try await post.until { $0.tried == ["a1"] }
        try await post.untilProblem("It is away.")
        #expect(await post.catalog.deliveries(limit: 1).first?.tries == 1)
        post.clock.advance(by: 3)
        post.bell.ring()
        try await post.until { $0.tried == ["a1", "a1"] && $0.arrived == ["a1"] }
        try await post.untilDepth(waiting: 0, undeliverable: 0)
        await post.courier.stop()
    }

    @Test func whatIsRefusedWaitsForAPerson() async throws {
        post.answers(to: "ann", .permanent(reason: "There is no such mailbox."), nil, nil)
        try await post.add(["a1", "a2"], to: "ann")
        await post.courier.start()
        try await post.until { $0.arrived == ["a2"] }
        try await post.untilDepth(waiting: 0, undeliverable: 1)
        #expect(await post.catalog.deliveries(limit: 1).first?.problem == "There is no such mailbox.")
        post.clock.advance(by: 1_000_000)
        #expect(try await post.courier.redeliver(nil) == 1)
        try await post.until { $0.arrived == ["a2", "a1"] }
        try await post.untilDepth(waiting: 0, undeliverable: 0)
        await post.courier.stop()
    }

    @Test func afterThreeDaysItIsGivenUp() async throws {
        post.answers(to: "ann", .transient(reason: "It is away.", retryAfter: nil))
        try await post.add(["a1"], to: "ann")
        post.clock.advance(by: DeliveryPace.lifetime + 1)
        await post.courier.start()
        try await post.untilDepth(waiting: 0, undeliverable: 1)
        await post.courier.stop()
        #expect(post.metrics.exposition().contains(#"fovea_deliveries_total{outcome="undeliverable"} 1.0"#))
    }

    @Test func whoDoesNotAnswerHoldsUpNobody() async throws {
        post.hold("hole")
        try await post.add(["h1", "h2", "h3"], to: "hole")
        let keys = (1...20).map { "a\($0)" }
        try await post.add(keys, to: "ann")
        await post.courier.start()
        try await post.until { $0.arrived == keys && $0.tried.filter { $0.hasPrefix("h") } == ["h1"] }
        post.letGo()
        try await post.until { $0.arrived.count == 23 }
        await post.courier.stop()
    }

    @Test func whoIsAwayIsLeftAlone() async throws {
        let away = DeliveryError.transient(reason: "It is away.", retryAfter: nil)
        post.answers(to: "ann", away, away, away)
        try await post.add(["a1", "a2", "a3", "a4", "a5"], to: "ann")
        await post.courier.start()
        try await post.until { $0.tried == ["a1", "a2", "a3"] }
        try await post.add(["b1"], to: "bob")
        post.bell.ring()
        try await post.until { $0.arrived == ["b1"] }
        #expect(post.record.tried.filter { $0.hasPrefix("a") } == ["a1", "a2", "a3"])
        post.clock.advance(by: 2)
        post.bell.ring()
        try await post.until { $0.arrived.count == 6 }
        await post.courier.stop()
    }

    @Test func aPersonNeedNotWaitForARestToEnd() async throws {
        let away = DeliveryError.transient(reason: "It is away.", retryAfter: nil)
        post.answers(to: "ann", away, away, away)
        try await post.add(["a1", "a2", "a3", "a4"], to: "ann")
        await post.courier.start()
        try await post.until { $0.tried == ["a1", "a2", "a3"] }
        try await post.untilIdle()
        #expect(try await post.courier.redeliver(DeliveryKey("a1")) == 1)
        try await post.until { $0.arrived.contains("a1") && $0.arrived.contains("a4") }
        await post.courier.stop()
    }

    @Test func whatACourierTookToItsGraveIsToldByTheNext() async throws {
        post.hold("ann")
        try await post.add(["a1"], to: "ann")
        await post.courier.start()
        try await post.until { $0.tried == ["a1"] }
        // The first one never gets to record anything, as after a crash.
        let heir = post.anotherCourier()
        await heir.start()
        try await post.until { $0.tried == ["a1", "a1"] }
        post.letGo()
        try await post.untilDepth(waiting: 0, undeliverable: 0)
        await heir.stop()
        await post.courier.stop()
    }

    @Test func stoppingLetsWhatIsUnderWayArriveButNotForEver() async throws {
        post.hold("ann")
        try await post.add(["a1", "a2"], to: "ann")
        await post.courier.start()
        try await post.until { $0.tried == ["a1"] }
        await post.courier.stop(within: .milliseconds(50))
        #expect(post.record.arrived == [])
        #expect(await post.catalog.outboxDepth().waiting == 2)
        post.letGo()
        try await post.until { $0.tried == ["a1"] }
    }

    @Test func drainingWaitsForWhatIsDueAlone() async throws {
        post.answers(to: "bob", .transient(reason: "It is away.", retryAfter: .seconds(600)))
        try await post.add(["a1", "a2", "a3"], to: "ann")
        try await post.add(["b1"], to: "bob")
        await post.courier.start()
        await post.courier.drain(within: .seconds(50))
        #expect(post.record.arrived == ["a1", "a2", "a3"])
        #expect(await post.catalog.outboxDepth().waiting == 1)
        await post.courier.stop()
    }
}
