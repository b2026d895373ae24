/// The path and query of a request line (RFC 9112 §3.2), decoded. It may be preceded by scheme and authority, as a proxy is
/// asked.
struct RequestTarget: Equatable {
    /// `localhost:8080` of `http://localhost:8080/api`; `nil` where the target begins with the path.
    let authority: String?
    let path: [String]
    let query: Query

    /// Reads `/api/v1/photos?label=dog`; `nil` where it is broken, or where `.` or `..` would climb about in the path.
    init?(_ text: String) {
        let (authority, rest) = Self.split(text)
        let halves = rest.utf8.split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
        guard
            let path = Self.path(halves[0], isRootImplied: authority != nil),
            let query = halves.count == 2 ? Query(encoded: Substring(halves[1])) : Query()
        else { return nil }
        self.authority = authority
        self.path = path
        self.query = query
    }

    private static func split(_ text: String) -> (authority: String?, rest: Substring) {
        for scheme in ["http://", "https://"] where text.prefix(scheme.count).lowercased() == scheme {
            let rest = text.dropFirst(scheme.count)
            let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
            return (String(rest[..<end]), rest[end...])
        }
        return (nil, text[...])
    }

    /// `/` is no segment at all; `/a/` is `a` and an empty one.
    private static func path(_ bytes: Substring.UTF8View, isRootImplied: Bool) -> [String]? {
        if bytes.isEmpty, isRootImplied { return [] }
        guard bytes.first == UInt8(ascii: "/") else { return nil }
        guard bytes.count > 1 else { return [] }
        var segments: [String] = []
        for part in bytes.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let segment = percentDecoded(part), segment != ".", segment != ".." else { return nil }
            segments.append(segment)
        }
        return segments
    }
}
