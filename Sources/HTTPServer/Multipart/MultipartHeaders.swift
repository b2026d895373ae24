/// The headers of one part of a multipart body.
public struct MultipartHeaders: Sendable, Equatable {
    /// The form field's name; empty where there is none.
    public let name: String
    /// The file's name without folders, where the part is a file; never empty.
    public let filename: String?
    /// The media type the sender claims.
    public let contentType: String?
    /// All headers.
    public let headers: Headers

    /// Reads header lines, each behind a line end.
    init(_ bytes: some Collection<UInt8>) throws(MultipartError) {
        guard let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0) else { throw Self.malformed }
        var headers = Headers()
        for line in text.split(separator: "\r\n") {
            let halves = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            // A line that begins with a blank continues the one before it, which RFC 9112 §5.2 does away with.
            guard halves.count == 2, let first = halves[0].first, first != " ", first != "\t",
                !line.utf8.contains(where: { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") })
            else { throw Self.malformed }
            headers.add(String(halves[0]), halves[1].trimmed)
        }
        self.headers = headers
        contentType = headers["Content-Type"]
        let disposition = headers["Content-Disposition"].flatMap { HeaderValue($0) }
        name = disposition?["name"] ?? ""
        // RFC 6266 §4.3: the extended form wins.
        let filename = disposition?.extended("filename") ?? disposition?["filename"]
        self.filename = filename.map(Self.lastComponent).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What is behind the last slash of either kind: some browsers send whole paths.
    private static func lastComponent(_ path: String) -> String {
        String(path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? "")
    }

    private static let malformed = MultipartError(
        "bad_part_headers",
        "A part's headers are not well-formed. Send each as UTF-8 text “name: value” in one line, without NUL."
    )
}
