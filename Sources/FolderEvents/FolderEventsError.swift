import Foundation

/// Why a folder cannot be listened to.
public struct FolderEventsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What went wrong.
    public let description: String
    /// Whether the kernel lets this user listen to no more folders.
    public let isLimit: Bool

    /// Reads `errno`.
    static func last() -> FolderEventsError {
        switch errno {
        case ENOSPC:
            FolderEventsError(
                description: "the kernel listens to no more folders (fs.inotify.max_user_watches)", isLimit: true)
        case EMFILE:
            FolderEventsError(
                description: "the kernel lets no more programs listen (fs.inotify.max_user_instances)", isLimit: true)
        case let number: FolderEventsError(description: String(cString: strerror(number)), isLimit: false)
        }
    }
}
