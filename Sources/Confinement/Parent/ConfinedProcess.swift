import Foundation
import Synchronization
import Threading

/// A child process that turns an open file into a result, one request at a time, and can be lost without loss: when
/// it crashes or takes too long, the request that did it gets an error and the next one a fresh process.
///
/// The child never outlives this object or this program, and gets nothing but the descriptors of its request.
public actor ConfinedProcess {
    private let executable: String
    private let arguments: [String]
    private let ceilings: Ceilings
    private var child: ChildProcess?
    private var served = 0
    private nonisolated let identifier = Mutex<Int32?>(nil)
    private nonisolated let thread = ThreadExecutor(name: "confinement")

    /// Waiting for the child blocks, so the actor runs on a thread of its own.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// The process that serves now, if one does; a number to look at or to kill, never needed to use this.
    public nonisolated var processIdentifier: Int32? { identifier.withLock { $0 } }

    /// Describes the process; it is started by ``start()`` or by the first request.
    ///
    /// `executable` must call ``ConfinedWorker/serve(_:)`` when it gets these arguments. By default it is this program.
    public init(executable: String = "/proc/self/exe", arguments: [String], ceilings: Ceilings = Ceilings()) {
        self.executable = executable
        self.arguments = arguments
        self.ceilings = ceilings
    }

    /// Starts the process if none runs, and waits until it is confined. Throws `cannotStart`.
    public func start() throws(ConfinementError) {
        _ = try running()
    }

    /// Has the process answer a request about `file`, with room for `capacity` bytes of output.
    ///
    /// - Parameters:
    ///   - request: What is wanted, at most 64 KiB − 1.
    ///   - file: An open descriptor for the child to read; stays the caller's. Open it for reading only.
    ///   - capacity: The size of the output in bytes; only pages that are written cost memory.
    public func run(
        _ request: [UInt8], file: Int32, output capacity: Int
    ) throws(ConfinementError) -> ConfinedReply {
        guard request.count < MessageSocket.maximumLength else {
            throw .refused("a request of \(request.count) bytes is longer than 64 KiB")
        }
        guard fcntl(file, F_GETFD) >= 0 else { throw .refused("the input is not an open descriptor") }
        let output = try make { () throws(SystemError) in try ConfinedOutput(capacity: max(1, capacity)) }
        let child = try deliver(request, descriptors: [file, output.descriptor.number])
        let reply = try answer(of: child, within: ceilings.seconds)
        guard reply.kind == .reply else {
            release()
            throw .misbehaved(String(decoding: reply.bytes.prefix(200), as: UTF8.self))
        }
        served += 1
        if served >= ceilings.requests { release() }
        return ConfinedReply(message: reply.bytes, output: output)
    }

    /// Sends the request. A process that died while idle is replaced: that is not this request's doing.
    private func deliver(_ request: [UInt8], descriptors: [Int32]) throws(ConfinementError) -> ChildProcess {
        for _ in 0..<2 {
            let child = try running()
            do {
                try child.socket.send(.request, request, descriptors: descriptors)
                return child
            } catch  where error.code == EPIPE || error.code == ECONNRESET {
                release()
            } catch {
                throw .refused("\(error)")
            }
        }
        throw .cannotStart("it ends as soon as it is ready")
    }

    private func running() throws(ConfinementError) -> ChildProcess {
        if let child { return child }
        let (executable, arguments) = (executable, arguments)
        let child = try make { () throws(SystemError) in
            try ChildProcess(executable: executable, arguments: arguments)
        }
        self.child = child
        served = 0
        identifier.withLock { $0 = child.identifier }
        let greeting: Message
        do {
            // A child that is dead already is noticed, and its ending told, when its answer is awaited.
            try? child.socket.send(.ceilings, Array(JSONEncoder().encode(ceilings)))
            greeting = try answer(of: child, within: Self.secondsToStart)
        } catch {
            release()
            throw .cannotStart("\(error)")
        }
        guard greeting.kind == .ready else {
            release()
            throw .cannotStart(String(decoding: greeting.bytes, as: UTF8.self))
        }
        return child
    }

    /// Generous, because a machine that is starting up is busy.
    private static let secondsToStart = 30

    /// The child's next message, or how it failed to send one; then it is gone.
    private func answer(of child: ChildProcess, within seconds: Int) throws(ConfinementError) -> Message {
        let deadline = ContinuousClock.now + .seconds(seconds)
        var event = pollfd(fd: child.socket.descriptor, events: Int16(POLLIN), revents: 0)
        var count: Int32 = 0
        repeat {
            let left = max(.zero, deadline - .now) / .milliseconds(1)
            count = poll(&event, 1, Int32(left.rounded(.up)))
        } while count < 0 && errno == EINTR
        guard count > 0 else {
            release()
            throw .timedOut(seconds: seconds)
        }
        let message: Message?
        do {
            message = try child.socket.receive()
        } catch {
            release()
            throw .misbehaved("\(error)")
        }
        guard let message else {
            throw .crashed(release())
        }
        return message
    }

    /// Lets the child go and says how it ended.
    @discardableResult
    private func release() -> ConfinementError.Ending {
        identifier.withLock { $0 = nil }
        defer { child = nil }
        return child?.end() ?? .exit(0)
    }

    private func make<Made>(_ body: () throws(SystemError) -> Made) throws(ConfinementError) -> Made {
        do { return try body() } catch { throw .cannotStart("\(error)") }
    }
}
