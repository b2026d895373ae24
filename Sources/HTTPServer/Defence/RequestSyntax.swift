/// Bytes that a request's head must not hold (RFC 9112 §2.2, §3.2; RFC 9110 §5.5): programs that read on past them read
/// different requests.
enum RequestSyntax {
    /// Throws a 400 problem for a head of `size` bytes whose parts add up to other than `accounted` bytes.
    static func checkSize(_ size: Int, accounted: Int) throws(Problem) {
        guard size == accounted else {
            throw Problem(
                .badRequest, code: "bad_head",
                "The head holds a NUL, a folded line, a line without a name, or one that does not end in CR LF. "
                    + "Send one header a line, each ended by CR LF."
            )
        }
    }

    /// Throws a 400 problem for a target with control characters or blanks. UTF-8 is taken though it should be escaped:
    /// people type it.
    static func checkTarget(_ target: String) throws(Problem) {
        guard !target.isEmpty, target.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { throw .badTarget }
    }

    /// Throws a 400 problem for a value with control characters; a tab is none.
    static func check(_ headers: Headers) throws(Problem) {
        for field in headers.fields {
            guard field.value.utf8.allSatisfy({ ($0 >= 0x20 && $0 != 0x7F) || $0 == UInt8(ascii: "\t") }) else {
                throw Problem(
                    .badRequest, code: "bad_header",
                    "A header's value holds a control character. Send it without, or percent-encoded."
                )
            }
        }
    }
}

extension Problem {
    static let badTarget = Problem(
        .badRequest, code: "bad_target",
        "The path or the query of the URL is not well-formed. Percent-encode what is not plain text; NUL bytes and the "
            + "segments “.” and “..” are not accepted."
    )
}
