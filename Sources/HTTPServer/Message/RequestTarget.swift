/// The path and query of a request line (RFC 9112 §3.2.1, origin form), decoded.
struct RequestTarget: Equatable {
    let path: [String]
    let query: Query

    /// Reads `/api/v1/photos?label=dog`; `nil` where it is broken, or where `.` or `..` would climb about in the path.
    init?(_ text: String) {
        let halves = text.utf8.split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
        guard
            let path = Self.path(halves[0]),
            let query = halves.count == 2 ? Query(encoded: Substring(halves[1])) : Query()
        else { return nil }
        self.path = path
        self.query = query
    }

    /// `/` is no segment at all; `/a/` is `a` and an empty one.
    private static func path(_ bytes: Substring.UTF8View) -> [String]? {
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
