public import Foundation

/// The rules of alerts, and when each spoke. What they say goes out with the settlement of the photo they say it of.
public protocol AlertStore: Sendable {
    /// All rules, by name.
    func alerts() async throws(StoreError) -> [Alert]

    /// Keeps a rule in place of the one of that name; whether there was none. When that one spoke is not forgotten.
    func keep(_ rule: AlertRule) async throws(StoreError) -> Bool

    /// Forgets a rule; `false` when there is none.
    func removeAlert(_ name: AlertName) async throws(StoreError) -> Bool
}

/// A rule with what it did.
public struct Alert: Sendable, Equatable {
    /// The rule.
    public var rule: AlertRule
    /// When it spoke last; `nil` when it never did.
    public var lastSpoke: Date?
    /// How often it spoke.
    public var spoken: Int
    /// How many photos it was silent about since then.
    public var silent: Int

    /// Describes an alert; a new one never spoke.
    public init(rule: AlertRule, lastSpoke: Date? = nil, spoken: Int = 0, silent: Int = 0) {
        self.rule = rule
        self.lastSpoke = lastSpoke
        self.spoken = spoken
        self.silent = silent
    }

    /// Whether it may speak at `time`.
    public func maySpeak(at time: Date) -> Bool {
        lastSpoke.map { time >= $0.addingTimeInterval(Double(rule.quietSeconds)) } ?? true
    }
}
