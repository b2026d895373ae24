public import Foundation

/// What is told: the JSON that a webhook gets, and what an e-mail is written from. It holds everything, so that it can be
/// told after the photo is gone.
public struct Announcement: Sendable, Equatable, Codable {
    /// What happened.
    public var type: Kind
    /// When it happened, ISO 8601 with milliseconds.
    public var at: String
    /// The photo with its results, within the limits of its bucket.
    public var photo: PhotoDocument?
    /// The alert that it is about; absent for others.
    public var alert: AlertNotice?
    /// What becomes of the photo's original, as its bucket said then.
    public var retention: Retention?

    /// Describes what happened.
    public init(
        _ type: Kind, at time: Date, photo: PhotoDocument? = nil, alert: AlertNotice? = nil,
        retention: Retention? = nil
    ) {
        self.type = type
        at = time.formatted(.iso8601WithMilliseconds)
        self.photo = photo
        self.alert = alert
        self.retention = retention
    }

    /// What can happen.
    public enum Kind: String, Sendable, Codable {
        /// A photo was looked at.
        case analysed = "photo.analysed"
        /// A photo could not be looked at.
        case failed = "photo.failed"
        /// A photo is what an alert waits for.
        case alert
        /// Somebody wants to see that telling works.
        case test
    }
}

/// What an announcement says of the alert it is about.
public struct AlertNotice: Sendable, Equatable, Codable {
    /// The name of its rule.
    public var name: String
    /// What it waits for, in words: `label Car ≥ 80`.
    public var condition: String
    /// What of the photo it is about, in words: `Car 93`.
    public var match: String
    /// How many photos it was silent about since it last spoke; absent when there were none.
    public var silent: Int?

    /// Describes an alert.
    public init(name: String, condition: String, match: String, silent: Int? = nil) {
        self.name = name
        self.condition = condition
        self.match = match
        self.silent = silent
    }
}
