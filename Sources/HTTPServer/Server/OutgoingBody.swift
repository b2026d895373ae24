/// The bytes of a streamed response between the handler, which adds, and the library's thread, which takes.
struct OutgoingBody {
    /// So many bytes may wait to be sent before the handler has to.
    static let most = 64 * 1024

    private var bytes: ArraySlice<UInt8> = []
    private var isComplete = false
    private var isBroken = false
    private var due: Due?
    private var writer: UnsafeContinuation<Bool, Never>?

    struct Due: Sendable {
        let writer: UnsafeContinuation<Bool, Never>
        let goesOn: Bool
    }

    enum Piece: Sendable {
        case bytes(Int)
        case end
        case broken
    }

    private var isFull: Bool { bytes.count >= Self.most && !isBroken }

    mutating func add(_ new: [UInt8]) {
        bytes += new
    }

    mutating func complete() {
        isComplete = true
    }

    /// Nobody reads any more, or nobody writes.
    mutating func breakOff() {
        isBroken = true
        wake()
    }

    /// Lets a writer wait while there is too much; else answers whether to go on.
    mutating func wait(_ continuation: UnsafeContinuation<Bool, Never>) -> Bool? {
        guard isFull, writer == nil else { return !isBroken }
        writer = continuation
        return nil
    }

    /// The writer to be woken once the lock is released.
    mutating func takeDue() -> Due? {
        defer { due = nil }
        return due
    }

    /// Fills `buffer`; `nil` where one has to wait.
    mutating func take(into buffer: UnsafeMutableRawBufferPointer) -> Piece? {
        if isBroken { return .broken }
        guard !bytes.isEmpty else { return isComplete ? .end : nil }
        let part = bytes.prefix(buffer.count)
        buffer.copyBytes(from: part)
        bytes = bytes.dropFirst(part.count)
        if !isFull { wake() }
        return .bytes(part.count)
    }

    private mutating func wake() {
        guard let writer else { return }
        due = Due(writer: writer, goesOn: !isBroken)
        self.writer = nil
    }
}
