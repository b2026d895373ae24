/// Reads a body through a parser, as its parts ask for it.
actor MultipartReader {
    private var parser: MultipartParser
    private var chunks: RequestBody.Iterator
    private var events: [MultipartParser.Event] = []
    private var next = 0
    private var part = 0
    private var isInPart = false

    init(_ parser: MultipartParser, _ body: RequestBody) {
        self.parser = parser
        chunks = body.makeAsyncIterator()
    }

    /// Skips what is left of the part at hand.
    func nextPart() async throws -> MultipartPart? {
        while let event = try await nextEvent() {
            guard case .part(let headers) = event else { continue }
            part += 1
            isInPart = true
            return MultipartPart(headers: headers, body: MultipartPart.Body(reader: self, part: part))
        }
        return nil
    }

    func nextBytes(of wanted: Int) async throws -> [UInt8]? {
        guard wanted == part, isInPart, case .bytes(let bytes)? = try await nextEvent() else {
            if wanted == part { isInPart = false }
            return nil
        }
        return bytes
    }

    private func nextEvent() async throws -> MultipartParser.Event? {
        while next == events.count {
            var chunks = chunks
            guard let chunk = try await chunks.next() else {
                try parser.finish()
                return nil
            }
            self.chunks = chunks
            events = try parser.parse(chunk)
            next = 0
        }
        defer { next += 1 }
        return events[next]
    }
}
