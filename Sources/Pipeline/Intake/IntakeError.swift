public import Domain

/// Why a picture was not taken in.
public enum IntakeError: Error, Sendable, Equatable {
    /// There were no bytes.
    case empty
    /// There were more bytes than the limit.
    case tooLarge(limit: Int)
    /// The bytes are no picture of an accepted kind.
    case refused(Failure)
    /// As many photos wait as may.
    case queueFull(limit: Int)
    /// The disk has less room left than is kept for what is there already.
    case diskLow(free: Int, reserved: Int)
    /// The client has put in as many pictures as it may within a minute; it may again after this time.
    case rateLimited(perMinute: Int, after: Duration)
    /// The client has put in as many pictures as it may within a day; it may again after this time.
    case quotaExceeded(perDay: Int, after: Duration)
}
