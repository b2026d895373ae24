public import Foundation

/// Something that happened to a photo, for whoever wants to see it as it happens.
public struct LiveEvent: Sendable, Equatable {
    /// Its place in the order of events; grows by at least one.
    public let number: Int
    /// What happened.
    public let kind: Kind
    /// When it happened.
    public let time: Date
    /// The photo it happened to.
    public let photo: PhotoID
    /// The photo's bucket.
    public let bucket: BucketName
    /// The photo's key.
    public let key: PhotoKey
    /// The name of the alert, for `alert`.
    public let alert: String?

    /// Describes an event.
    public init(
        number: Int, kind: Kind, time: Date, photo: PhotoID, bucket: BucketName, key: PhotoKey, alert: String? = nil
    ) {
        self.number = number
        self.kind = kind
        self.time = time
        self.photo = photo
        self.bucket = bucket
        self.key = key
        self.alert = alert
    }

    /// What can happen.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// It came in, or is looked at again after it failed.
        case queued
        /// It was looked at.
        case analysed
        /// It could not be looked at.
        case failed
        /// Its original was erased, as its bucket says.
        case erased
        /// It is gone.
        case deleted
        /// It is what an alert waits for.
        case alert
    }
}

/// The events of late, in their order.
public protocol EventLog: Sendable {
    /// The events behind a place in the order, oldest first.
    func events(after number: Int, limit: Int) async throws(StoreError) -> [LiveEvent]

    /// The number of the oldest event that is kept and of the newest; older ones are forgotten. `nil` when there were none.
    func eventRange() async throws(StoreError) -> ClosedRange<Int>?

    /// Has `listener` called whenever there are new events, once they can be read: on any thread, so it must not take long.
    func onEvents(_ listener: @escaping @Sendable () -> Void) async
}
