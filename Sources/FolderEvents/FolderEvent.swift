/// What happened in a folder that is listened to. Paths are bytes, as the file system has them.
public enum FolderEvent: Sendable, Equatable {
    /// Somebody writes to a file and has not closed it since.
    case writing([UInt8])
    /// Whoever wrote to a file has closed it, or it was moved here as a whole.
    case finished([UInt8])
    /// A file is there now, or something about it is new.
    case changed([UInt8])
    /// A file was moved away.
    case left([UInt8])
    /// A file was deleted.
    case deleted([UInt8])
    /// A folder is there now, with whatever is in it already; nobody listens to it yet.
    case folder([UInt8])
    /// A folder that is listened to was deleted, moved or unmounted itself.
    case lost([UInt8])
    /// More happened than the kernel kept: anything may have changed.
    case overflow
}
