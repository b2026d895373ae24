import CMicrohttpd
import Foundation
import Synchronization

/// One libmicrohttpd daemon on one listening socket.
///
/// `@unchecked Sendable`: the handle is set once, and stopped under `isRunning`'s lock.
final class Daemon: @unchecked Sendable {
    private let handle: OpaquePointer
    private let socket: ListeningSocket
    private let context: DaemonContext
    private let isRunning = Mutex(true)

    /// Starts accepting connections. Throws `ServerError.cannotListen`.
    init(_ socket: ListeningSocket, context: DaemonContext) throws(ServerError) {
        let limits = context.limits
        // The library keeps headers and a piece of the body in one block per connection.
        let memory = max(64 * 1024, limits.headerBytes * 2)
        // It gives each thread an equal share, but one thread may get them all; and those that the watch has ended stay
        // with it for a moment.
        let mostConnections = UInt32((limits.connections + 64) * max(1, limits.threads))
        guard
            let handle = microhttpd_start(
                socket.descriptor, mostConnections, UInt32(limits.idleSeconds), UInt32(limits.threads), memory,
                requestProceeds, requestStarted, requestCompleted, connectionChanged,
                Unmanaged.passUnretained(context).toOpaque()
            )
        else {
            context.watch.stop()
            throw .cannotListen("The HTTP server did not start: \(String(cString: strerror(errno))).")
        }
        self.handle = handle
        self.socket = socket
        self.context = context
    }

    deinit {
        stop()
    }

    /// Accepts no more connections.
    func quiesce() {
        isRunning.withLock { if $0 { MHD_quiesce_daemon(handle) } }
    }

    /// The requests under way.
    var exchanges: [Exchange] { context.watch.exchanges }

    /// Ends everything now: what still runs is cancelled, and its connection closed.
    func stop() {
        isRunning.withLock { isRunning in
            guard isRunning else { return }
            isRunning = false
            // The listening socket is ours to close; a daemon that was not quiesced would close it, too.
            MHD_quiesce_daemon(handle)
            context.stop()
            // The library stops the program when a connection is still suspended: none may be from here on.
            for exchange in context.watch.exchanges { exchange.abandon() }
            MHD_stop_daemon(handle)
            context.watch.stop()
        }
    }
}

/// What the callbacks of one daemon know.
final class DaemonContext: Sendable {
    let router: Router
    let limits: ServerLimits
    let hostGuard: HostGuard?
    let watch: ConnectionWatch
    private let stopping = Atomic(false)

    init(router: Router, limits: ServerLimits, hostGuard: HostGuard?) throws(ServerError) {
        self.router = router
        self.limits = limits.withinDescriptors
        self.hostGuard = hostGuard
        watch = try ConnectionWatch(limits: self.limits)
    }

    /// Set once the daemon stops: every call is refused from then on.
    var isStopping: Bool { stopping.load(ordering: .acquiring) }

    func stop() {
        stopping.store(true, ordering: .releasing)
    }
}

extension ServerLimits {
    /// Half of the descriptors that the process may have are kept for what the connections ask for: files, and the house.
    fileprivate var withinDescriptors: ServerLimits {
        var limits = self
        var descriptors = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &descriptors) == 0 else { return self }
        limits.connections = min(connections, max(1, Int(clamping: descriptors.rlim_cur) / 2))
        return limits
    }
}
