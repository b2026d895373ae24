public import Foundation

/// How many originals of a bucket are still to go.
public struct WaitingErasures: Sendable, Equatable {
    /// The bucket.
    public let bucket: BucketName
    /// How many should be gone by now.
    public var due: Int
    /// How many have time yet.
    public var later: Int
    /// When the first of those has to go; `nil` when there is none.
    public var next: Date?

    /// Describes what is still to go.
    public init(bucket: BucketName, due: Int = 0, later: Int = 0, next: Date? = nil) {
        self.bucket = bucket
        self.due = due
        self.later = later
        self.next = next
    }
}
