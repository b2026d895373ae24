/// How the end of a request's body is found (RFC 9112 §6). Whatever two parsers could read differently is refused: a
/// proxy in front must never see other requests than this server does.
enum RequestFraming: Equatable {
    case none
    case length(Int)
    case chunked

    /// Reads the framing headers. Throws a 400 problem.
    init(_ headers: Headers, version: String) throws(Problem) {
        let lengths = headers.all("Content-Length")
        let encodings = headers.all("Transfer-Encoding")
        guard headers.fields.allSatisfy({ Self.isToken($0.name) }) else {
            throw Self.problem("A header's name holds a character that it must not.")
        }
        switch (lengths.count, encodings.count) {
        case (0, 0):
            self = .none
        case (1, 0):
            // Digits alone: "+5", "5, 5" and "0x5" are refused.
            let digits = lengths[0].utf8
            let areDigits = digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard areDigits, let length = Int(lengths[0]) else { throw Self.problem("Content-Length is not a number.") }
            self = .length(length)
        case (0, 1):
            guard Headers.same(encodings[0], "chunked"), version == "HTTP/1.1" else {
                throw Self.problem("The only Transfer-Encoding understood here is 'chunked', in HTTP/1.1.")
            }
            self = .chunked
        case (0, _):
            throw Self.problem("Transfer-Encoding is given more than once.")
        case (_, 0):
            throw Self.problem("Content-Length is given more than once.")
        default:
            throw Self.problem("Content-Length and Transfer-Encoding exclude each other.")
        }
    }

    /// The declared length of the body; `nil` when only its end will tell.
    var contentLength: Int? {
        switch self {
        case .none: 0
        case .length(let length): length
        case .chunked: nil
        }
    }

    private static func problem(_ detail: String) -> Problem {
        Problem(
            .badRequest, code: "bad_framing",
            detail + " Send one Content-Length in digits, or “Transfer-Encoding: chunked”, and plain header names."
        )
    }

    /// RFC 9110 §5.6.2.
    private static func isToken(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { tokenBytes.contains($0) }
    }

    private static let tokenBytes = Set(
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8
    )
}
