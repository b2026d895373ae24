/// The open connections of one listener, and which of them has to go when there are too many.
struct ConnectionTable {
    struct Connection {
        let descriptor: Int32
        /// `nil` for a Unix socket.
        let address: ClientAddress?
        /// Since when it waits for a request; `nil` while one is under way.
        var restsSince: ContinuousClock.Instant?
        /// When it is ended, whatever it does.
        var deadline: ContinuousClock.Instant?
        var exchange: Exchange?
        /// Of the request that is waited for, the first line has come.
        var hasRequestLine = false
        var hasPeerLeft = false
        /// Ended by us; the library is about to close it.
        var isLeaving = false
    }

    enum Admission {
        /// The connection's number from now on, and the one that has to make room for it.
        case admitted(UInt, displacing: UInt?)
        case refused(Problem)
    }

    private(set) var connections: [UInt: Connection] = [:]
    private var last: UInt = 0

    subscript(number: UInt) -> Connection? {
        get { connections[number] }
        set { connections[number] = newValue }
    }

    /// Takes a new connection in, if need be in the place of the one that has waited longest for its next request: an
    /// honest client that loses it asks again, and one who only holds connections starves nobody.
    mutating func open(
        _ descriptor: Int32, from address: ClientAddress?, limits: ServerLimits, at now: ContinuousClock.Instant
    ) -> Admission {
        var displaced: UInt?
        if let address {
            let others = connections.filter { !$0.value.isLeaving && $0.value.address != nil }
            let own = others.filter { $0.value.address == address }
            let isCounted = !address.isLoopback || limits.countsLoopback
            if isCounted, own.count >= limits.connectionsPerAddress {
                displaced = Self.longestResting(own)
                guard displaced != nil else { return .refused(.tooManyConnections) }
            } else if others.count >= limits.connections {
                displaced = Self.longestResting(others)
                guard displaced != nil else { return .refused(.serverBusy) }
            }
        }
        if let displaced { connections[displaced]?.isLeaving = true }
        last += 1
        connections[last] = Connection(
            descriptor: descriptor, address: address, restsSince: now, deadline: now + .seconds(limits.headerSeconds))
        return .admitted(last, displacing: displaced)
    }

    private static func longestResting(_ connections: [UInt: Connection]) -> UInt? {
        let resting = connections.compactMap { number, connection in connection.restsSince.map { (number, $0) } }
        return resting.min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
    }
}

extension Problem {
    fileprivate static let tooManyConnections = Problem(
        .tooManyRequests, code: "too_many_connections",
        "There are too many connections from this address. Use fewer at a time, and each for more than one request.",
        headers: ["Retry-After": "1"])

    fileprivate static let serverBusy = Problem(
        .serviceUnavailable, code: "server_busy", "All connections are in use. Try again in a moment.",
        headers: ["Retry-After": "1"])
}
