public import Foundation

/// An announcement on its way to one recipient.
public struct Delivery: Sendable, Equatable {
    /// What tells this delivery from every other; the same at each try, so that a receiver can leave out what it has.
    public let key: DeliveryKey
    /// Who is told.
    public let recipient: Recipient
    /// What is told.
    public let announcement: Announcement
    /// When there was something to tell.
    public let createdAt: Date
    /// How often it was tried in vain.
    public var tries: Int
    /// What it is waiting for.
    public var standing: Standing
    /// What went wrong last; `nil` before the first try.
    public var problem: String?

    /// Describes a delivery that waits to be tried the first time.
    public init(
        key: DeliveryKey, recipient: Recipient, announcement: Announcement, createdAt: Date, tries: Int = 0,
        standing: Standing? = nil, problem: String? = nil
    ) {
        self.key = key
        self.recipient = recipient
        self.announcement = announcement
        self.createdAt = createdAt
        self.tries = tries
        self.standing = standing ?? .waiting(until: createdAt)
        self.problem = problem
    }

    /// What a delivery is waiting for.
    public enum Standing: Sendable, Equatable {
        /// It is tried at that time.
        case waiting(until: Date)
        /// It was given up; only a person can have it tried again.
        case undeliverable
    }
}

/// The identity of one delivery: letters, digits, dots and hyphens, at most 64.
public struct DeliveryKey: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The key as it is sent.
    public let description: String

    /// The key of the announcement with this place among those that one look at a photo leads to: the same each time, so
    /// that a settlement which happens twice tells nothing twice.
    public init(_ photo: PhotoID, revision: Int, place: Int) {
        description = "\(photo).\(revision).\(place)"
    }

    /// A key for an announcement that belongs to no photo.
    public init() {
        description = PhotoID().description
    }

    /// Reads a key as clients send it; `nil` for what cannot be one.
    public init?(_ text: String) {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
            case UInt8(ascii: "-"), UInt8(ascii: "."): true
            default: false
            }
        }
        guard (1...64).contains(text.utf8.count), isPlain else { return nil }
        description = text
    }
}

extension DeliveryKey: WrittenAsText {
    /// What can be written, for whoever wrote something else.
    public static let rule = "the key of a delivery"
}
