import Domain
import Foundation
import Pipeline
import Synchronization
import Telemetry
import Testing

/// Recipients that answer as they are told to.
final class TestRecipients: Notifier {
    struct Record {
        /// The keys in the order in which they were tried, and in which they arrived.
        var tried: [String] = []
        var arrived: [String] = []
        var answers: [String: [DeliveryError?]] = [:]
        var held: Set<String> = []
    }

    private let state = Mutex(Record())
    private let changes = Bell()

    var record: Record { state.withLock { $0 } }

    func change(_ change: (inout Record) -> Void) {
        state.withLock { change(&$0) }
        changes.ring()
    }

    func deliver(_ delivery: Delivery) async throws(DeliveryError) {
        let key = delivery.key.description
        let name = String(delivery.recipient.description.prefix { $0 != "@" })
        var answer: DeliveryError?
        change { record in
            record.tried.append(key)
            if record.answers[name]?.isEmpty == false { answer = record.answers[name]?.removeFirst() }
        }
        while true {
            let mark = changes.mark
            guard record.held.contains(name), !Task.isCancelled else { break }
            await changes.wait(past: mark)
        }
        if Task.isCancelled { throw .transient(reason: "It was broken off.", retryAfter: nil) }
        if let answer { throw answer }
        change { $0.arrived.append(key) }
    }

    /// Waits for what recipients see; the suite's time limit ends it.
    func until(_ isDone: (Record) -> Bool) async throws {
        while true {
            let mark = changes.mark
            if isDone(record) { return }
            try Task.checkCancellation()
            await changes.wait(past: mark)
        }
    }
}

/// A clock that stands still until it is moved.
final class TestClock: Sendable {
    private let time = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

    var now: Date { time.withLock { $0 } }

    func advance(by seconds: TimeInterval) {
        time.withLock { $0 += seconds }
    }
}

/// A courier with an outbox in memory; it pauses as long as it may, so that the clock says what is tried when.
struct TestPost {
    let clock = TestClock()
    let catalog: InMemoryCatalog
    let bell = Bell()
    let metrics = Metrics()
    let recipients = TestRecipients()
    let courier: Courier

    init() {
        catalog = InMemoryCatalog { [clock] in clock.now }
        courier = Self.courier(catalog, recipients, bell, metrics, clock)
    }

    func anotherCourier() -> Courier {
        Self.courier(catalog, recipients, bell, metrics, clock)
    }

    private static func courier(
        _ catalog: InMemoryCatalog, _ recipients: TestRecipients, _ bell: Bell, _ metrics: Metrics, _ clock: TestClock
    ) -> Courier {
        Courier(
            outbox: catalog, notifier: recipients, bell: bell, metrics: metrics, pace: DeliveryPace { $0.upperBound },
            now: { clock.now })
    }

    var record: TestRecipients.Record { recipients.record }

    /// What this recipient answers, one after the other; afterwards he takes everything.
    func answers(to name: String, _ answers: DeliveryError?...) {
        recipients.change { $0.answers[name] = answers }
    }

    /// This recipient does not answer until he is let go.
    func hold(_ name: String) { recipients.change { $0.held.insert(name) } }

    func letGo() { recipients.change { $0.held = [] } }

    func add(_ keys: [String], to name: String) async throws {
        for key in keys {
            await catalog.post([
                Delivery(
                    key: try #require(DeliveryKey(key)), recipient: .email("\(name)@example.org"),
                    announcement: Announcement(.test, at: clock.now), createdAt: clock.now)
            ])
        }
    }

    func until(_ isDone: (TestRecipients.Record) -> Bool) async throws {
        try await recipients.until(isDone)
    }

    /// Waits for the outbox; the courier rings when something has become of a delivery.
    func untilOutbox(_ isDone: (InMemoryCatalog) async -> Bool) async throws {
        while await !isDone(catalog) {
            try Task.checkCancellation()
            await bell.wait(past: bell.mark, atMost: .milliseconds(10))
        }
    }

    func untilDepth(waiting: Int, undeliverable: Int) async throws {
        try await untilOutbox { await $0.outboxDepth() == OutboxDepth(waiting: waiting, undeliverable: undeliverable) }
    }

    func untilProblem(_ problem: String) async throws {
        try await untilOutbox { await $0.deliveries(limit: 1).first?.problem == problem }
    }

    /// Waits until each delivery that was tried has its problem written down.
    func untilIdle() async throws {
        let tried = Set(record.tried)
        try await untilOutbox { catalog in
            await catalog.deliveries(limit: 100).allSatisfy { !tried.contains($0.key.description) || $0.problem != nil }
        }
    }
}
