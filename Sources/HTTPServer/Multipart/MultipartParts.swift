/// The parts of a multipart body, one after the other. Read a part's body before asking for the next part; what is left
/// of it is skipped then.
///
///     for try await part in try MultipartParts(request) {
///         for try await chunk in part.body { … }
///     }
public struct MultipartParts: AsyncSequence, Sendable {
    private let reader: MultipartReader

    /// The parts of a request's body. Throws `MultipartError` when its `Content-Type` is not multipart with a boundary.
    public init(_ request: Request, maximumParts: Int = 1_000) throws(MultipartError) {
        let parser = try MultipartParser(contentType: request.headers["Content-Type"], maximumParts: maximumParts)
        reader = MultipartReader(parser, request.body)
    }

    /// Starts reading. All iterators read from the same place.
    public func makeAsyncIterator() -> Iterator {
        Iterator(reader: reader)
    }

    /// Goes from part to part.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let reader: MultipartReader

        /// The next part; `nil` behind the last. Throws `MultipartError` or `RequestBodyError`.
        public mutating func next() async throws -> MultipartPart? {
            try await reader.nextPart()
        }
    }
}

/// One part of a multipart body.
public struct MultipartPart: Sendable {
    /// The part's headers.
    public let headers: MultipartHeaders
    /// The part's bytes as they arrive.
    public let body: Body

    /// The form field's name; empty where there is none.
    public var name: String { headers.name }
    /// The file's name without folders, where the part is a file; never empty.
    public var filename: String? { headers.filename }
    /// The media type the sender claims.
    public var contentType: String? { headers.contentType }

    /// A part's bytes, to be read once.
    public struct Body: AsyncSequence, Sendable {
        let reader: MultipartReader
        let part: Int

        /// Starts reading.
        public func makeAsyncIterator() -> Iterator {
            Iterator(reader: reader, part: part)
        }

        /// Reads a part chunk by chunk.
        public struct Iterator: AsyncIteratorProtocol {
            fileprivate let reader: MultipartReader
            fileprivate let part: Int

            /// The next chunk, never empty; `nil` at the part's end, or once the next part was asked for. Throws
            /// `MultipartError` or `RequestBodyError`.
            public mutating func next() async throws -> [UInt8]? {
                try await reader.nextBytes(of: part)
            }
        }

        /// The whole part in memory. Throws `RequestBodyError.tooLarge` when it has more than `limit` bytes, and what
        /// reading throws.
        public func collect(upTo limit: Int) async throws -> [UInt8] {
            var bytes: [UInt8] = []
            for try await chunk in self {
                bytes += chunk
                if bytes.count > limit { throw RequestBodyError.tooLarge(limit: limit) }
            }
            return bytes
        }
    }
}
