import CMicrohttpd
import Synchronization

/// One request and its response on their way through libmicrohttpd: its thread on one side, the handler's task on the
/// other, and between them a bounded buffer in each direction.
///
/// A connection is suspended while its side has nothing to do and resumed once it has. Both happen under the lock of
/// `state`, so that none is lost; and after `finished` the library's handle is never touched again. Tasks are woken and
/// cancelled only after the lock is released, for that may call right back here.
final class Exchange: Sendable {
    struct State {
        var phase = Phase.new
        /// The library's handle, from the first call to the last.
        var connection: ConnectionHandle?
        /// Bytes the sender declared; `nil` when it did not say.
        var contentLength: Int?
        /// A response to `HEAD` has a length but no body.
        var isHead = false
        var isSuspended = false
        /// The server is stopping: the connection is to be closed at the next call.
        var isAbandoned = false
        var hasPeerLeft = false
        var task: Task<Void, Never>?
        var isCancelDue = false
        var incoming = IncomingBody()
        var pace: BodyPace
        /// The body came too slowly: the answer goes past the library.
        var isCut = false
        var response: Response?
        var outgoing = OutgoingBody()
    }

    enum Phase {
        /// No call has been made.
        case new
        /// The sender waits for `100 Continue`, and the handler has not asked for the body yet.
        case beforeContinue
        /// The body comes in.
        case running
        /// The body is complete; the answer goes out once it is there.
        case answering
        /// The answer went out past the library, with the body still coming; what comes is dropped.
        case lingering
    }

    let target: String
    let context: DaemonContext
    /// What the watch calls the connection.
    let connectionNumber: UInt
    private let state: Mutex<State>

    init(target: String, connectionNumber: UInt, context: DaemonContext) {
        self.target = target
        self.connectionNumber = connectionNumber
        self.context = context
        state = Mutex(State(pace: BodyPace(context.limits)))
    }

    /// Changes the state under its lock, then wakes and cancels what the change made due.
    func update<Result: Sendable>(_ change: (inout State) -> Result) -> Result {
        let (result, reading, writing, cancelled) = state.withLock { state in
            let result = change(&state)
            return (result, state.incoming.takeDue(), state.outgoing.takeDue(), state.takeCancelled())
        }
        if let reading { reading.reader.resume(returning: reading.piece) }
        if let writing { writing.writer.resume(returning: writing.goesOn) }
        cancelled?.cancel()
        return result
    }

    /// Runs the router's service for a request: on the library's thread until it first waits for something. Most small
    /// answers never do, and are spared two changes of thread.
    func start(_ request: Request) {
        let task = Task.immediate { [self] in
            let response = await context.router.respond(to: request)
            deliver(response)
            if case .stream(let stream) = response.body { await pump(stream) }
        }
        update { $0.task = task }
    }

    /// Hands over the response; a body that nobody read is dropped.
    func deliver(_ response: Response) {
        let isCut = update { state in
            state.response = response
            state.incoming.discard()
            state.resume()
            return state.isCut
        }
        if isCut { cut(response) }
    }

    /// The client closed its side. Matters once it has nothing more to send and waits for the answer.
    func peerLeft() {
        update { state in
            state.hasPeerLeft = true
            if state.incoming.isOver { state.isCancelDue = true }
        }
    }

    /// Gives the exchange up, because the server stops.
    func abandon() {
        update { state in
            state.isAbandoned = true
            state.end()
            state.resume()
        }
    }

    /// The library is done with the request, well or badly.
    func finished() {
        update { state in
            state.connection = nil
            state.isSuspended = false
            state.end()
        }
    }
}

/// The library's handle of a connection.
///
/// `@unchecked Sendable`: it is used only under the lock of its exchange, and the calls made on it
/// (`MHD_suspend_connection`, `MHD_resume_connection`) may be made on any thread.
struct ConnectionHandle: @unchecked Sendable {
    let pointer: OpaquePointer
}

extension Exchange.State {
    /// Takes the connection out of the library's loop until `resume`. On the library's thread only. While the daemon
    /// stops nothing is suspended any more, for nobody would resume it.
    mutating func suspend(in context: DaemonContext) {
        guard let connection, !isSuspended, !isAbandoned, !context.isStopping else { return }
        isSuspended = true
        MHD_suspend_connection(connection.pointer)
    }

    /// Puts the connection back into the library's loop.
    mutating func resume() {
        guard let connection, isSuspended else { return }
        isSuspended = false
        MHD_resume_connection(connection.pointer)
    }

    /// Nothing more will come or go: wakes whoever waits.
    mutating func end() {
        incoming.finish(.interrupted)
        outgoing.breakOff()
        isCancelDue = true
    }

    /// The task to be cancelled, if that is due.
    mutating func takeCancelled() -> Task<Void, Never>? {
        guard isCancelDue, let task else { return nil }
        self.task = nil
        return task
    }
}
