/// Why a server cannot start.
public enum ServerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Another process listens on this TCP port.
    case portInUse(host: String, port: Int)
    /// Another process listens on this Unix socket.
    case socketInUse(path: String)
    /// The system refused something; the text says what, where, and its reason.
    case cannotListen(String)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .portInUse(let host, let port):
            "Port \(port) on \(host) is in use by another program. Stop that program, or choose another port."
        case .socketInUse(let path):
            "Another process is listening on \(path). Stop it first."
        case .cannotListen(let reason):
            reason
        }
    }
}
