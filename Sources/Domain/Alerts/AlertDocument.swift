import Foundation

/// The JSON of an alert: its rule, and what it did.
public struct AlertDocument: Sendable, Equatable, Codable {
    /// Its name.
    public var name: AlertName
    /// What a photo must have.
    public var condition: AlertCondition
    /// The condition in words: `label Car ≥ 80`.
    public var words: String
    /// The bucket whose photos are looked at; absent for all.
    public var bucket: BucketName?
    /// Who is told.
    public var notify: [Recipient]
    /// For how many seconds after it spoke it is silent.
    public var quiet: Int
    /// When it spoke last, ISO 8601 with milliseconds; absent when it never did.
    public var lastSpoke: String?
    /// How often it spoke.
    public var spoken: Int
    /// How many photos it was silent about since it last spoke.
    public var silent: Int

    /// Describes an alert.
    public init(_ alert: Alert) {
        name = alert.rule.name
        condition = alert.rule.condition
        words = alert.rule.condition.description
        bucket = alert.rule.bucket
        notify = alert.rule.notify
        quiet = alert.rule.quietSeconds
        lastSpoke = alert.lastSpoke?.formatted(.iso8601WithMilliseconds)
        spoken = alert.spoken
        silent = alert.silent
    }
}

/// The JSON of all alerts.
public struct AlertListDocument: Sendable, Equatable, Codable {
    /// The alerts, by name.
    public var alerts: [AlertDocument]

    /// Describes alerts.
    public init(_ alerts: [Alert]) {
        self.alerts = alerts.map { AlertDocument($0) }
    }
}

/// The JSON that a rule is given in: all but its name.
public struct AlertRuleDocument: Sendable, Equatable, Codable {
    /// What a photo must have.
    public var condition: AlertCondition
    /// The bucket whose photos are looked at; all where there is none.
    public var bucket: BucketName?
    /// Who is told; nobody but the list of events where there is none.
    public var notify: [Recipient]?
    /// For how many seconds after it spoke it is silent; 0 where nothing is said.
    public var quiet: Int?

    /// Describes a rule.
    public init(condition: AlertCondition, bucket: BucketName? = nil, notify: [Recipient]? = nil, quiet: Int? = nil) {
        self.condition = condition
        self.bucket = bucket
        self.notify = notify
        self.quiet = quiet
    }
}

/// The JSON of a rule that was held against past photos.
public struct AlertTrialDocument: Sendable, Equatable, Codable {
    /// How many photos it would have spoken of.
    public var matches: Int
    /// How many photos were looked at, newest first.
    public var looked: Int
    /// Whether there are older ones that were not.
    public var more: Bool
    /// The newest of those it would have spoken of.
    public var photos: [PhotoDocument]

    /// Describes a trial.
    public init(matches: Int, looked: Int, more: Bool, photos: [PhotoDocument]) {
        self.matches = matches
        self.looked = looked
        self.more = more
        self.photos = photos
    }
}
