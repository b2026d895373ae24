import Foundation
import HeapMemory

/// The child's side: confines this process for good, then answers requests until the parent goes.
public enum ConfinedWorker {
    /// Answers one request: its bytes, a descriptor to read, and memory to write output into. Returns the message.
    ///
    /// What a request can fail with belongs into the message; a handler that cannot go on may simply crash.
    public typealias Handler = (
        _ request: [UInt8], _ file: Int32, _ output: UnsafeMutableRawBufferPointer
    ) -> [UInt8]

    /// Where the parent leaves the socket.
    static let socketDescriptor: Int32 = 3

    /// Serves the ``ConfinedProcess`` that started this process, and exits when it goes.
    ///
    /// - Parameter prepare: Runs before any confinement: opens and tries out everything that the handler needs,
    ///   because no file can be opened afterwards. What it throws is told to the parent.
    public static func serve(_ prepare: () throws -> Handler) -> Never {
        let socket = MessageSocket(owning: socketDescriptor)
        do {
            guard let first = try socket.receive(), first.kind == .ceilings else { exit(EX_USAGE) }
            let ceilings = try JSONDecoder().decode(Ceilings.self, from: Data(first.bytes))
            let handle = try prepare()
            try watch(socket)
            try ceilings.apply()
            try SystemCallFilter.load(socket: socket.descriptor)
            try socket.send(.ready)
            while let request = try next(from: socket) {
                try socket.send(.reply, answer(request, with: handle))
            }
        } catch {
            try? socket.send(.unable, Array("\(error)".utf8.prefix(4096)))
            exit(EX_UNAVAILABLE)
        }
        // Without the handlers of `exit`: libraries' farewells may want what the filter refuses.
        _exit(0)
    }

    /// The next request. What the last one left behind is given back to the system unless the next comes at once.
    private static func next(from socket: MessageSocket) throws(SystemError) -> Message? {
        if socket.isQuiet(for: 1000) { HeapMemory.giveBack() }
        return try socket.receive()
    }

    private static func answer(_ request: Message, with handle: Handler) throws -> [UInt8] {
        guard request.kind == .request, request.descriptors.count == 2 else {
            throw SystemError("request", code: EPROTO)
        }
        let (file, output) = (request.descriptors[0].number, request.descriptors[1].number)
        var status = stat()
        guard fstat(output, &status) == 0 else { throw SystemError("fstat") }
        let size = Int(status.st_size)
        guard let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, output, 0), memory != MAP_FAILED else {
            throw SystemError("mmap")
        }
        defer { munmap(memory, size) }
        return handle(request.bytes, file, UnsafeMutableRawBufferPointer(start: memory, count: size))
    }

    /// Ends this process the moment the parent goes, even in the middle of long work.
    private static func watch(_ socket: MessageSocket) throws {
        let descriptor = socket.descriptor
        let thread = Thread {
            var event = pollfd(fd: descriptor, events: 0, revents: 0)
            while poll(&event, 1, -1) <= 0 {}
            _exit(0)
        }
        thread.stackSize = 1 << 16
        thread.start()
    }
}
