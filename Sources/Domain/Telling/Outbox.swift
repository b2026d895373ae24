public import Foundation

/// What is still to be told. Deliveries come in with the settlement that they are about, in one step, and stay until they
/// have arrived or somebody takes them out: each is told at least once.
public protocol Outbox: Sendable {
    /// Puts in what no settlement brings; what is there under the same key stays as it is.
    func post(_ deliveries: [Delivery]) async throws(StoreError)

    /// The deliveries to try now: of each recipient but `busy` the one that waits longest.
    func due(excluding busy: Set<Recipient>, limit: Int) async throws(StoreError) -> [Delivery]

    /// When the next delivery to anybody but `busy` is due; `nil` when none waits.
    func nextDue(excluding busy: Set<Recipient>) async throws(StoreError) -> Date?

    /// A delivery has arrived: it is forgotten.
    func delivered(_ key: DeliveryKey) async throws(StoreError)

    /// A delivery was tried in vain: it is tried again at `time` or, without one, given up and kept.
    func failed(_ key: DeliveryKey, because problem: String, retryAt time: Date?) async throws(StoreError)

    /// What is still to be told: what was given up first, then what waits, each oldest first.
    func deliveries(limit: Int) async throws(StoreError) -> [Delivery]

    /// How many there are.
    func outboxDepth() async throws(StoreError) -> OutboxDepth

    /// Has a delivery tried again at once, or with `nil` all that were given up; returns how many those are.
    func redeliver(_ key: DeliveryKey?) async throws(StoreError) -> Int

    /// Takes a delivery out untold; `false` when it is not there.
    func discard(_ key: DeliveryKey) async throws(StoreError) -> Bool
}

/// How much is still to be told.
public struct OutboxDepth: Sendable, Equatable, Codable {
    /// Deliveries that wait to be tried, the first time or again.
    public var waiting: Int
    /// Deliveries that were given up.
    public var undeliverable: Int

    /// Describes a depth.
    public init(waiting: Int, undeliverable: Int) {
        self.waiting = waiting
        self.undeliverable = undeliverable
    }
}
