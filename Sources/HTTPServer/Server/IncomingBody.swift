/// The bytes of a request's body between the library's thread, which adds, and the handler, which takes.
struct IncomingBody {
    enum Piece: Sendable {
        case bytes([UInt8])
        case end
        case interrupted
        case tooSlow
    }

    struct Due: Sendable {
        let reader: UnsafeContinuation<Piece, Never>
        let piece: Piece
    }

    enum End {
        case complete, interrupted, tooSlow

        var piece: Piece {
            switch self {
            case .complete: .end
            case .interrupted: .interrupted
            case .tooSlow: .tooSlow
            }
        }
    }

    private var bytes: [UInt8] = []
    private var end: End?
    private var due: Due?
    private var reader: UnsafeContinuation<Piece, Never>?
    /// The handler has answered: what still comes is dropped.
    private(set) var isDiscarded = false
    /// Bytes that came in so far.
    private(set) var received = 0
    /// Bytes dropped so far.
    private(set) var discarded = 0
    /// The handler has begun to read.
    private(set) var isWanted = false

    var count: Int { bytes.count }
    var isOver: Bool { end != nil }

    mutating func add(_ new: UnsafeRawBufferPointer) {
        received += new.count
        if isDiscarded || isOver {
            discarded += new.count
        } else if reader != nil {
            wake(.bytes(Array(new)))
        } else {
            bytes.append(contentsOf: new)
        }
    }

    /// The first end counts.
    mutating func finish(_ how: End) {
        guard end == nil else { return }
        end = how
        wake(how.piece)
    }

    mutating func discard() {
        isDiscarded = true
        bytes = []
    }

    /// Everything there is, or where the body stands; `nil` where one has to wait.
    mutating func take() -> Piece? {
        isWanted = true
        if !bytes.isEmpty {
            defer { bytes = [] }
            return .bytes(bytes)
        }
        if isDiscarded { return .interrupted }
        return end?.piece
    }

    /// Lets a reader wait. A second reader at the same time is a mistake and gets nothing.
    mutating func wait(_ continuation: UnsafeContinuation<Piece, Never>) -> Piece? {
        guard reader == nil else { return .interrupted }
        reader = continuation
        return nil
    }

    mutating func cancelReader() {
        wake(.interrupted)
    }

    /// The reader to be woken once the lock is released.
    mutating func takeDue() -> Due? {
        defer { due = nil }
        return due
    }

    private mutating func wake(_ piece: Piece) {
        guard let reader else { return }
        due = Due(reader: reader, piece: piece)
        self.reader = nil
    }
}
