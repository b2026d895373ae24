import Foundation

/// The JSON of the outbox: how much is still to be told, and the first of it.
public struct OutboxDocument: Sendable, Equatable, Codable {
    /// Deliveries that wait to be tried, the first time or again.
    public var waiting: Int
    /// Deliveries that were given up.
    public var undeliverable: Int
    /// The first deliveries, what was given up first.
    public var deliveries: [DeliveryDocument]

    /// Describes an outbox.
    public init(_ depth: OutboxDepth, deliveries: [Delivery]) {
        waiting = depth.waiting
        undeliverable = depth.undeliverable
        self.deliveries = deliveries.map { DeliveryDocument($0) }
    }
}

/// The JSON of one delivery: whom it is for, what it is about, and how it stands.
public struct DeliveryDocument: Sendable, Equatable, Codable {
    /// Its key, which the recipient sees too.
    public var key: DeliveryKey
    /// Who is to be told, without what a URL holds of passwords and tokens.
    public var recipient: String
    /// What happened.
    public var type: Announcement.Kind
    /// The photo it is about.
    public var photo: PhotoID?
    /// The bucket of that photo.
    public var bucket: BucketName?
    /// The key of that photo.
    public var photoKey: PhotoKey?
    /// The name of the alert, for one.
    public var alert: String?
    /// When there was something to tell, ISO 8601 with milliseconds.
    public var createdAt: String
    /// How often it was tried in vain.
    public var tries: Int
    /// Whether it waits or was given up.
    public var standing: Standing
    /// When it is tried next, ISO 8601 with milliseconds; absent when it was given up.
    public var nextTry: String?
    /// What went wrong last; absent before the first try.
    public var problem: String?

    /// Whether a delivery waits or was given up.
    public enum Standing: String, Sendable, Codable {
        case waiting, undeliverable
    }

    /// Describes a delivery.
    public init(_ delivery: Delivery) {
        key = delivery.key
        recipient = delivery.recipient.shown
        type = delivery.announcement.type
        photo = delivery.announcement.photo?.id
        bucket = delivery.announcement.photo?.bucket
        photoKey = delivery.announcement.photo?.key
        alert = delivery.announcement.alert?.name
        createdAt = delivery.createdAt.formatted(.iso8601WithMilliseconds)
        tries = delivery.tries
        problem = delivery.problem
        switch delivery.standing {
        case .waiting(let date):
            standing = .waiting
            nextTry = date.formatted(.iso8601WithMilliseconds)
        case .undeliverable: standing = .undeliverable
        }
    }
}
