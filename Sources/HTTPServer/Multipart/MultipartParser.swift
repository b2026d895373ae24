/// Reads a multipart body (RFC 2046 §5.1, RFC 7578) from chunks of any size, without doing any input or output and
/// without keeping more than a part's headers.
public struct MultipartParser: Sendable {
    /// What was found, in order: for each part its headers, then its bytes in any number of pieces, then its end.
    public enum Event: Sendable, Equatable {
        /// A part begins.
        case part(MultipartHeaders)
        /// Bytes of the part; never empty.
        case bytes([UInt8])
        /// The part is complete.
        case partEnd
    }

    enum State {
        /// Before the first boundary; what comes there is ignored.
        case preamble
        /// Behind a boundary: a line end, or `--`.
        case behindBoundary
        case headers
        case content
        case epilogue
    }

    /// A part's headers together.
    static let mostHeaderBytes = 16 * 1024
    /// Spaces and tabs behind a boundary, and bytes before the first.
    static let mostPadding = 4 * 1024

    private let delimiter: [UInt8]
    private let maximumParts: Int
    private var state = State.preamble
    /// Bytes seen that do not make sense yet; begins with a line end of our own, so that the first boundary is as all.
    private var pending: [UInt8] = Array("\r\n".utf8)
    /// How much of `pending` holds no end of the headers, so that tiny chunks do not have it searched again and again.
    private var searched = 0
    private var parts = 0
    private var skipped = 0

    /// A parser for one body. The boundary has 1 to 70 characters, as `MultipartParser(contentType:)` makes sure.
    init(boundary: String, maximumParts: Int) {
        delimiter = Array("\r\n--\(boundary)".utf8)
        self.maximumParts = maximumParts
    }

    /// A parser for a body of this `Content-Type`. Throws `MultipartError` when that is not `multipart/…` with a
    /// boundary of 1 to 70 characters.
    public init(contentType: String?, maximumParts: Int = 1_000) throws(MultipartError) {
        guard let value = contentType.flatMap({ HeaderValue($0) }), value.text.hasPrefix("multipart/") else {
            throw MultipartError("not_multipart", "The Content-Type is not multipart/form-data. Send the form as that.")
        }
        guard let boundary = value["boundary"], (1...70).contains(boundary.utf8.count),
            boundary.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }), !boundary.hasSuffix(" ")
        else {
            throw MultipartError(
                "bad_boundary", "The Content-Type has no boundary of 1 to 70 ASCII characters. Add one.")
        }
        self.init(boundary: boundary, maximumParts: maximumParts)
    }

    /// Takes the next chunk and answers what it completes. Throws `MultipartError`; the parser is of no use after that.
    public mutating func parse(_ chunk: some Collection<UInt8>) throws(MultipartError) -> [Event] {
        guard state != .epilogue else { return [] }
        pending += chunk
        var events: [Event] = []
        var position = 0
        while try step(&position, &events) {}
        pending.removeFirst(position)
        return events
    }

    /// Says that no chunk follows. Throws `MultipartError` when the closing boundary has not come.
    public func finish() throws(MultipartError) {
        guard state == .epilogue else {
            throw MultipartError(
                "truncated", "The multipart body ends before its closing boundary. Send it again, whole.")
        }
    }

    /// Reads one thing; `false` when more bytes are needed.
    private mutating func step(_ position: inout Int, _ events: inout [Event]) throws(MultipartError) -> Bool {
        switch state {
        case .preamble:
            let (text, isFound) = pending.text(before: delimiter, from: position)
            skipped += text.count
            guard skipped <= Self.mostPadding else {
                throw MultipartError(
                    "no_boundary",
                    "The multipart body does not begin with its boundary. Send the one that the Content-Type names.")
            }
            position = text.endIndex
            guard isFound else { return false }
            position += delimiter.count
            state = .behindBoundary
            return true
        case .behindBoundary:
            return try readBehindBoundary(&position)
        case .headers:
            return try readHeaders(&position, &events)
        case .content:
            let (text, isFound) = pending.text(before: delimiter, from: position)
            if !text.isEmpty { events.append(.bytes(Array(text))) }
            position = text.endIndex
            guard isFound else { return false }
            position += delimiter.count
            events.append(.partEnd)
            state = .behindBoundary
            return true
        case .epilogue:
            position = pending.count
            return false
        }
    }

    private mutating func readBehindBoundary(_ position: inout Int) throws(MultipartError) -> Bool {
        let rest = pending[position...]
        guard rest.count >= 2 else { return false }
        if rest.starts(with: "--".utf8) {
            state = .epilogue
            return true
        }
        // A line may have blanks behind its boundary.
        let text = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard text.startIndex - position <= Self.mostPadding else { throw Self.badBoundary }
        guard text.count >= 2 else {
            if let byte = text.first, byte != UInt8(ascii: "\r") { throw Self.badBoundary }
            return false
        }
        guard text.starts(with: "\r\n".utf8) else { throw Self.badBoundary }
        parts += 1
        guard parts <= maximumParts else {
            throw MultipartError(
                "too_many_parts", "The body has more than \(maximumParts) parts. Send several.", isLimit: true)
        }
        // The line end stays: it begins the empty line of a part without headers.
        position = text.startIndex
        state = .headers
        return true
    }

    private mutating func readHeaders(_ position: inout Int, _ events: inout [Event]) throws(MultipartError) -> Bool {
        let end = pending.text(before: Self.emptyLine, from: position + searched)
        let text = pending[position..<end.text.endIndex]
        searched = end.isFound ? 0 : text.count
        guard text.count <= Self.mostHeaderBytes else {
            throw MultipartError(
                "part_headers_too_large", "A part's headers are larger than 16 KiB. Send shorter names.", isLimit: true)
        }
        guard end.isFound else { return false }
        events.append(.part(try MultipartHeaders(text)))
        position = text.endIndex + Self.emptyLine.count
        state = .content
        return true
    }

    private static let emptyLine = Array("\r\n\r\n".utf8)

    private static let badBoundary = MultipartError(
        "bad_boundary_line",
        "A boundary is followed by something else than a line end. Choose one that the files do not hold.")
}
