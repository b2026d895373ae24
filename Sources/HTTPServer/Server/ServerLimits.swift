/// How much a server lets its clients take.
public struct ServerLimits: Sendable, Equatable {
    /// Connections open at the same time, per listener; more wait in the system's queue.
    public var connections = 2_000
    /// Threads that read and write sockets, per listener. Handlers run elsewhere.
    public var threads = 2
    /// Bytes of a request's line and headers together; more is refused with 431.
    public var headerBytes = 16 * 1024
    /// Seconds from the opening of a connection to the end of its first headers, however slowly they trickle in.
    public var headerSeconds = 30.0
    /// Seconds a connection may rest between two requests, or within one while its client is to send or to receive.
    public var idleSeconds = 30
    /// Bytes of a request's body held in memory while its handler is busy; then the sender has to wait.
    public var bodyBuffer = 256 * 1024
    /// Bytes of an unread body that are read and dropped so that the connection can be used again. Past them the answer
    /// is sent at once and the connection closed.
    public var drainBytes = 1024 * 1024
    /// Bytes of a body that are still dropped after such an answer, so that its sender gets to read it.
    public var lingerBytes = 256 * 1024 * 1024
    /// Seconds that running handlers get to finish when the server stops.
    public var stopSeconds = 10.0

    /// The defaults.
    public init() {}
}
