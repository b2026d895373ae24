import Synchronization

/// Serves a router over TCP and Unix sockets.
///
///     let server = Server(router: router, listeners: [.tcp(host: "127.0.0.1", port: 8080)], hostGuard: HostGuard())
///     try server.start()
///     …
///     await server.stop()
public final class Server: Sendable {
    private let router: Router
    private let listeners: [Listener]
    private let hostGuard: HostGuard?
    private let limits: ServerLimits
    private let running = Mutex<Running?>(nil)

    private struct Running {
        let daemons: [Daemon]
        let port: Int?
    }

    /// Describes a server; `start` starts it. Requests over TCP have to pass `hostGuard`, if there is one.
    public init(
        router: Router, listeners: [Listener], hostGuard: HostGuard? = nil, limits: ServerLimits = ServerLimits()
    ) {
        self.router = router
        self.listeners = listeners
        self.hostGuard = hostGuard
        self.limits = limits
    }

    /// Starts listening everywhere, or nowhere. Does nothing when the server runs. Throws `ServerError`.
    public func start() throws(ServerError) {
        try running.withLock { running throws(ServerError) in
            guard running == nil else { return }
            var sockets: [ListeningSocket] = []
            for listener in listeners { sockets.append(try listener.open()) }
            var daemons: [Daemon] = []
            for socket in sockets {
                let context = try DaemonContext(router: router, limits: limits, hostGuard: hostGuard)
                daemons.append(try Daemon(socket, context: context))
            }
            running = Running(daemons: daemons, port: sockets.lazy.compactMap(\.port).first)
        }
    }

    /// The TCP port in use, which tells what port 0 became; `nil` while stopped or without a TCP listener.
    public var boundPort: Int? {
        running.withLock { $0?.port }
    }

    /// Stops: accepts nothing new, gives running handlers `ServerLimits.stopSeconds` to finish, then cancels them.
    public func stop() async {
        let daemons = running.withLock { running in
            defer { running = nil }
            return running?.daemons ?? []
        }
        for daemon in daemons { daemon.quiesce() }
        let deadline = ContinuousClock.now + .seconds(limits.stopSeconds)
        while daemons.contains(where: { !$0.exchanges.isEmpty }), ContinuousClock.now < deadline {
            do { try await Task.sleep(for: .milliseconds(20)) } catch { break }
        }
        for daemon in daemons { daemon.stop() }
    }
}
