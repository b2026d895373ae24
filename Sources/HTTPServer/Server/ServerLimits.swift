/// How much a server lets its clients take.
public struct ServerLimits: Sendable, Equatable {
    /// Connections open at the same time over TCP; never more than half of the descriptors that the process may have. A
    /// further one takes the place of the one that has waited longest for its next request, and is answered 503 where
    /// all are busy. A Unix socket is exempt: whoever may use it could stop the server altogether.
    public var connections = 1_000
    /// The same for the connections of one address (of IPv6, one /64 network); answered 429 where all are busy. An
    /// office or a mobile network may share one address.
    public var connectionsPerAddress = 100
    /// Whether loopback addresses are held to `connectionsPerAddress`, too. Off, because behind a proxy on this machine
    /// all clients have its address: there the proxy has to tell them apart.
    public var countsLoopback = false
    /// Threads that read and write sockets, per listener. Handlers run elsewhere.
    public var threads = 2
    /// Bytes of a request's line and headers together; more is refused with 431.
    public var headerBytes = 16 * 1024
    /// Seconds from the opening of a connection to the end of its first headers, however slowly they trickle in; 408.
    public var headerSeconds = 30.0
    /// Seconds that a request's body may fall behind `bodyBytesPerSecond`; then it is answered 408. They are used up
    /// while its sender is waited for, not while the handler is busy, and earned back by sending.
    public var bodySeconds = 30.0
    /// Bytes of a body that earn a second. A bad mobile link makes some 20,000 in a second, a client that only wants to
    /// keep a connection one or none.
    public var bodyBytesPerSecond = 1_000.0
    /// Seconds a connection may rest between two requests, or within one while its client is to send or to receive.
    public var idleSeconds = 30
    /// Bytes of a request's body held in memory while its handler is busy; then the sender has to wait.
    public var bodyBuffer = 256 * 1024
    /// Bytes of an unread body that are read and dropped so that the connection can be used again. Past them the answer
    /// is sent at once and the connection closed.
    public var drainBytes = 1024 * 1024
    /// Bytes of a body that are still dropped after such an answer, so that its sender gets to read it.
    public var lingerBytes = 256 * 1024 * 1024
    /// Seconds that a sender who was too slow gets to read the answer.
    public var lingerSeconds = 5.0
    /// Seconds that running handlers get to finish when the server stops.
    public var stopSeconds = 10.0

    /// The defaults.
    public init() {}
}
