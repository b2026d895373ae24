/// Where a server listens.
public enum Listener: Sendable, Hashable {
    /// A TCP port of a host name or a numeric address; port 0 lets the system pick one (`Server.boundPort`).
    case tcp(host: String, port: Int)
    /// A Unix socket that only the owner of the process may use. The path may be of any length.
    case unixSocket(path: String)

    /// Opens the listening socket. Throws `ServerError`.
    func open() throws(ServerError) -> ListeningSocket {
        switch self {
        case .tcp(let host, let port): try ListeningSocket(host: host, port: port)
        case .unixSocket(let path): try ListeningSocket(path: path)
        }
    }
}
