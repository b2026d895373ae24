public import Domain
public import Foundation
public import Telemetry

/// Delivers what is in the outbox: one announcement at a time to each recipient, several recipients at a time. What fails
/// is tried again, later each time, until it is given up and waits for a person.
///
/// A delivery is forgotten only after it has arrived, so whatever is killed when, it arrives at least once, each time
/// under the same key.
public actor Courier {
    let outbox: any Outbox
    private let notifier: any Notifier
    let bell: Bell
    let metrics: Metrics
    let pace: DeliveryPace
    let now: @Sendable () -> Date
    var flights: [Recipient: Task<Void, Never>] = [:]
    var rests = Rests()
    private var round: Task<Void, Never>?

    /// How many are told at a time. They wait for others' servers, so this is about sockets, not cores.
    static let mostFlights = 8
    /// How often it looks without being woken, for a clock that was set; and how long it waits for a store that is away.
    static let patience = Duration.seconds(60)
    static let storePause = Duration.seconds(1)

    /// A courier for an outbox. `bell` is rung when something may have come in; `now` is the clock of the outbox.
    public init(
        outbox: any Outbox, notifier: any Notifier, bell: Bell, metrics: Metrics, pace: DeliveryPace = DeliveryPace(),
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.outbox = outbox
        self.notifier = notifier
        self.bell = bell
        self.metrics = metrics
        self.pace = pace
        self.now = now
    }

    /// Delivers from now on.
    public func start() {
        guard round == nil else { return }
        round = Task { [weak self, bell] in
            while !Task.isCancelled {
                let mark = bell.mark
                guard let pause = await self?.handOut() else { return }
                await bell.wait(past: mark, atMost: pause)
            }
        }
    }

    /// Starts nothing more and gives what is under way some time to arrive. What does not is told after the next start.
    public func stop(within patience: Duration = .seconds(5)) async {
        round?.cancel()
        await round?.value
        round = nil
        await wait(within: patience) { flights.isEmpty }
        for flight in flights.values { flight.cancel() }
    }

    /// Waits until nothing is under way or due, at most for a while.
    public func drain(within patience: Duration) async {
        await wait(within: patience) {
            guard flights.isEmpty, round != nil else { return flights.isEmpty }
            let next = try? await outbox.nextDue(excluding: rests.resting(at: now()))
            return next.map { $0 > now() } ?? true
        }
    }

    /// Starts what is due and has room; answers how long there is nothing more to start.
    private func handOut() async -> Duration {
        do throws(StoreError) {
            let room = Self.mostFlights - flights.count
            guard room > 0 else { return Self.patience }
            for delivery in try await outbox.due(excluding: leftAlone, limit: room) { start(delivery) }
            let next = try await outbox.nextDue(excluding: leftAlone)
            let wait = [next, rests.nextEnd(after: now())].compactMap { $0?.timeIntervalSince(now()) }.min()
            return wait.map { min(Self.patience, .seconds(max(0, $0) + 0.001)) } ?? Self.patience
        } catch {
            Log.error("cannot see what is to be told", ["reason": error])
            return Self.storePause
        }
    }

    private var leftAlone: Set<Recipient> {
        rests.resting(at: now()).union(flights.keys)
    }

    private func start(_ delivery: Delivery) {
        flights[delivery.recipient] = Task {
            await Log.with(["delivery": delivery.key, "recipient": delivery.recipient.shown]) {
                do throws(DeliveryError) {
                    try await notifier.deliver(delivery)
                    await arrived(delivery)
                } catch {
                    await failed(delivery, error)
                }
            }
            flights[delivery.recipient] = nil
            bell.ring()
        }
    }

    private func wait(within patience: Duration, until isDone: () async -> Bool) async {
        let end = ContinuousClock.now + patience
        while true {
            let mark = bell.mark
            let left = end - .now
            if await isDone() || left <= .zero { return }
            await bell.wait(past: mark, atMost: left)
        }
    }
}
