public import Foundation

/// The work of looking at one photo, as it lies in the queue.
public struct Job: Sendable, Equatable {
    /// Whose it is.
    public let photo: PhotoID
    /// The photo's bucket.
    public let bucket: BucketName
    /// The photo's key.
    public let key: PhotoKey
    /// Before which others it is taken.
    public let priority: Priority
    /// What it is waiting for.
    public let standing: Standing
    /// How often a worker has died over it.
    public let crashes: Int
    /// How often a lane that held it was not heard of again.
    public let interruptions: Int
    /// Why it was given back last; `nil` when it never was.
    public let setback: String?

    /// Describes a job.
    public init(
        photo: PhotoID, bucket: BucketName, key: PhotoKey, priority: Priority, standing: Standing, crashes: Int = 0,
        interruptions: Int = 0, setback: String? = nil
    ) {
        self.photo = photo
        self.bucket = bucket
        self.key = key
        self.priority = priority
        self.standing = standing
        self.crashes = crashes
        self.interruptions = interruptions
        self.setback = setback
    }

    /// What a job is waiting for.
    public enum Standing: Sendable, Equatable {
        /// A lane holds it.
        case leased
        /// It waits behind this many others.
        case waiting(behind: Int)
        /// It is left alone until then.
        case resting(until: Date)
    }

    /// Who goes first. Within one priority, whoever came first.
    public enum Priority: Int, Sendable, CaseIterable, Comparable {
        /// Somebody waits for the answer.
        case awaited = 0
        /// Put in one by one.
        case ordinary = 1
        /// Part of a large import.
        case batch = 2
        /// Looked at again, when nothing new waits.
        case background = 3

        /// Whether `first` goes before `second`.
        public static func < (first: Priority, second: Priority) -> Bool { first.rawValue < second.rawValue }
    }

    /// How long a photo is left alone whose lane was not heard of again: 1 s, then twice as long each time, up to a
    /// minute. If it was the photo that brought the process down, the others get their turn before it does so again.
    public static func rest(afterInterruption number: Int) -> Duration {
        .seconds(min(60, 1 << min(max(number, 1) - 1, 6)))
    }
}
