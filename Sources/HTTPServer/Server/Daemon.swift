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
        guard
            let handle = microhttpd_start(
                socket.descriptor, UInt32(limits.connections), UInt32(limits.idleSeconds), UInt32(limits.threads),
                memory, requestProceeds, requestStarted, requestCompleted, connectionChanged,
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
        self.limits = limits
        self.hostGuard = hostGuard
        watch = try ConnectionWatch(limits: limits)
    }

    /// Set once the daemon stops: every call is refused from then on.
    var isStopping: Bool { stopping.load(ordering: .acquiring) }

    func stop() {
        stopping.store(true, ordering: .releasing)
    }
}
