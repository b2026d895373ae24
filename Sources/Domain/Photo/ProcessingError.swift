/// The three ways in which looking at a photo goes wrong. They are never mixed, because each wants another answer.
public enum ProcessingError: Error, Sendable, Equatable {
    /// The photo itself is at fault and will be tomorrow: recorded, never retried.
    case permanent(Failure)
    /// Something around the photo is away for a while: retried after a pause, for ever.
    case transient(reason: String)
    /// The worker died over it, which may be the photo's fault or not: counted against this photo alone, retried a few
    /// times, and in the end recorded as the given failure.
    case crash(Failure)

    /// What went wrong, for people.
    public var reason: String {
        switch self {
        case .permanent(let failure), .crash(let failure): failure.message
        case .transient(let reason): reason
        }
    }
}
