public import Domain

/// What a watch tells while it lasts.
public enum WatchNews: Sendable, Equatable {
    /// It begins.
    case began(WatchedFolder)
    /// Something became of a file.
    case file(WatchedFile)
    /// Trouble that is waited out, or its end; a sentence.
    case notice(String)
}

/// What is watched, and how.
public struct WatchedFolder: Sendable, Equatable, Encodable {
    /// The absolute path.
    public let folder: String
    /// Where its pictures go.
    public let bucket: BucketName
    /// Whether the kernel tells of changes.
    public let hearsChanges: Bool
    /// The kind of network share it is on, where other machines change things unheard.
    public let share: String?
    /// After how many seconds all is looked through again.
    public let rescanSeconds: Double
}

/// What became of a file.
public struct WatchedFile: Sendable, Equatable, Encodable {
    /// The path below the watched folder, as it can be shown.
    public let path: String
    /// What became of it.
    public let outcome: Outcome
    /// The photo; `nil` when there is none.
    public var photo: PhotoID?
    /// The photo’s key.
    public var key: PhotoKey?
    /// Why it is not in, for programs.
    public var code: String?
    /// Why it is not in, for people; or under which path it came in before.
    public var message: String?

    /// What became of it.
    public enum Outcome: String, Sendable, Encodable, CaseIterable {
        /// It is in.
        case new
        /// It is in, instead of the photo that was under its key.
        case replaced
        /// It was in already.
        case present
        /// It was brought in before, from another path.
        case moved
        /// It is no picture, or left out on purpose.
        case leftOut
        /// It is a picture and was not taken in.
        case refused
        /// Something went wrong; it is tried again.
        case failed
    }
}
