/// Why a confined process gave no answer.
public enum ConfinementError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The process ended in the middle of the request. The next request gets a fresh one.
    case crashed(Ending)
    /// The request took longer than its ceiling, in seconds, and the process was killed.
    case timedOut(seconds: Int)
    /// The process could not be started or could not confine itself; it says why. No request was looked at.
    case cannotStart(String)
    /// The process answered with what no worker says, or with more than fits into a message, and was ended. The
    /// request did that, as it may crash a process.
    case misbehaved(String)
    /// The request cannot be made: a message too long, a descriptor that is not open.
    case refused(String)

    /// How a process ended.
    public enum Ending: Sendable, Equatable, CustomStringConvertible {
        /// It was ended by this signal.
        case signal(Int32)
        /// It exited by itself with this status.
        case exit(Int32)

        /// In words.
        public var description: String {
            switch self {
            case .signal(let number): "ended by signal \(number)"
            case .exit(let status): "exited with status \(status)"
            }
        }
    }

    /// What happened, in words.
    public var description: String {
        switch self {
        case .crashed(let ending): "the confined process \(ending) while working"
        case .timedOut(let seconds): "the confined process took longer than \(seconds) s and was ended"
        case .cannotStart(let reason): "the confined process cannot start: \(reason)"
        case .misbehaved(let reason): "the confined process gave no proper answer and was ended: \(reason)"
        case .refused(let reason): "the confined process was not given a request: \(reason)"
        }
    }
}
