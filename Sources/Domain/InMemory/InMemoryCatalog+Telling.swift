public import Foundation

extension InMemoryCatalog: Outbox {
    /// Puts deliveries in.
    public func post(_ deliveries: [Delivery]) {
        for delivery in deliveries where !outbox.contains(where: { $0.key == delivery.key }) { outbox.append(delivery) }
    }

    /// Of each recipient but `busy` the delivery that waits longest.
    public func due(excluding busy: Set<Recipient>, limit: Int) -> [Delivery] {
        var seen = busy
        return waiting.filter { $0.due <= now() && seen.insert($0.delivery.recipient).inserted }
            .prefix(limit).map(\.delivery)
    }

    /// When the next delivery to anybody but `busy` is due.
    public func nextDue(excluding busy: Set<Recipient>) -> Date? {
        waiting.first { !busy.contains($0.delivery.recipient) }?.due
    }

    /// Forgets a delivery that has arrived.
    public func delivered(_ key: DeliveryKey) {
        _ = discard(key)
    }

    /// Records a try in vain.
    public func failed(_ key: DeliveryKey, because problem: String, retryAt time: Date?) {
        guard let index = outbox.firstIndex(where: { $0.key == key }) else { return }
        outbox[index].tries += 1
        outbox[index].problem = problem
        outbox[index].standing = time.map { .waiting(until: $0) } ?? .undeliverable
    }

    /// What is still to be told.
    public func deliveries(limit: Int) -> [Delivery] {
        let givenUp = outbox.filter { $0.standing == .undeliverable }
        return Array((givenUp + outbox.filter { $0.standing != .undeliverable }).prefix(limit))
    }

    /// How many there are.
    public func outboxDepth() -> OutboxDepth {
        OutboxDepth(waiting: waiting.count, undeliverable: outbox.count - waiting.count)
    }

    /// Has deliveries tried again.
    public func redeliver(_ key: DeliveryKey?) -> Int {
        let meant = outbox.indices.filter { index in
            key == nil ? outbox[index].standing == .undeliverable : outbox[index].key == key
        }
        for index in meant { outbox[index].standing = .waiting(until: now()) }
        return meant.count
    }

    /// Takes a delivery out.
    public func discard(_ key: DeliveryKey) -> Bool {
        let before = outbox.count
        outbox.removeAll { $0.key == key }
        return outbox.count < before
    }

    /// The deliveries that are to be tried, first the one that is due first.
    private var waiting: [(due: Date, delivery: Delivery)] {
        var waiting: [(due: Date, delivery: Delivery)] = []
        for delivery in outbox {
            if case .waiting(let due) = delivery.standing { waiting.append((due, delivery)) }
        }
        return waiting.sorted { $0.due < $1.due }
    }
}

extension InMemoryCatalog: AlertStore {
    /// All alerts, by name.
    public func alerts() -> [Alert] {
        alertStates.values.sorted { $0.rule.name.description < $1.rule.name.description }
    }

    /// Keeps a rule.
    public func keep(_ rule: AlertRule) -> Bool {
        let isNew = alertStates[rule.name] == nil
        alertStates[rule.name, default: Alert(rule: rule)].rule = rule
        return isNew
    }

    /// Forgets a rule.
    public func removeAlert(_ name: AlertName) -> Bool {
        alertStates.removeValue(forKey: name) != nil
    }
}

extension InMemoryCatalog: EventLog {
    /// The events behind a place.
    public func events(after number: Int, limit: Int) -> [LiveEvent] {
        Array(events.filter { $0.number > number }.prefix(limit))
    }

    /// The numbers of the oldest event and of the newest.
    public func eventRange() -> ClosedRange<Int>? {
        events.first.flatMap { first in events.last.map { first.number...$0.number } }
    }

    /// Has a listener called at each event.
    public func onEvents(_ listener: @escaping @Sendable () -> Void) {
        eventListeners.append(listener)
    }
}
