/// A request's body: chunks of bytes as they arrive, to be read once.
public struct RequestBody: Sendable, AsyncSequence {
    /// Why reading may fail.
    public typealias Failure = RequestBodyError

    /// How many bytes the sender declared; `nil` when it did not say.
    public let contentLength: Int?
    /// More than this many bytes are never handed out.
    var limit = Int.max
    private let source: any RequestBodySource

    /// A body of bytes at hand.
    public init(_ bytes: [UInt8] = []) {
        contentLength = bytes.count
        source = BytesSource(bytes)
    }

    /// A body from somewhere else.
    init(_ source: any RequestBodySource, contentLength: Int?) {
        self.source = source
        self.contentLength = contentLength
    }

    /// Reads the whole body into memory; throws `.tooLarge` when it has more than `limit` bytes.
    public func collect(upTo limit: Int) async throws(RequestBodyError) -> [UInt8] {
        let limit = Swift.min(limit, self.limit)
        if let contentLength, contentLength > limit { throw .tooLarge(limit: limit) }
        var bytes: [UInt8] = []
        for try await chunk in self {
            if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
            if bytes.count > limit { throw .tooLarge(limit: limit) }
        }
        return bytes
    }

    /// Starts reading. All iterators of one body read from the same place.
    public func makeAsyncIterator() -> Iterator {
        Iterator(source: source, remaining: limit, limit: limit)
    }

    /// Reads a body chunk by chunk.
    public struct Iterator: AsyncIteratorProtocol, Sendable {
        fileprivate let source: any RequestBodySource
        fileprivate var remaining: Int
        fileprivate let limit: Int

        /// The next chunk, never empty; `nil` at the end.
        public mutating func next() async throws(RequestBodyError) -> [UInt8]? {
            try await next(isolation: nil)
        }

        /// The next chunk, never empty; `nil` at the end.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(RequestBodyError) -> [UInt8]? {
            guard let chunk = try await source.next() else { return nil }
            guard chunk.count <= remaining else { throw .tooLarge(limit: limit) }
            remaining -= chunk.count
            return chunk
        }
    }
}

/// Why a request's body cannot be read to its end.
public enum RequestBodyError: Error, Sendable, Equatable, CustomStringConvertible {
    /// It has more bytes than are accepted here.
    case tooLarge(limit: Int)
    /// The sender went away, or stopped before the length it declared.
    case interrupted
    /// The sender fell too far behind the least rate accepted here.
    case tooSlow

    /// What happened.
    public var description: String {
        switch self {
        case .tooLarge(let limit): "The body is larger than the \(limit) bytes accepted here. Send a smaller one."
        case .interrupted: "The body broke off before its end. Send it again."
        case .tooSlow: "The body came too slowly. Send it again over a better connection."
        }
    }
}

/// Where the chunks of a request's body come from.
protocol RequestBodySource: Sendable {
    /// The next chunk, never empty; `nil` at the end.
    func next() async throws(RequestBodyError) -> [UInt8]?
}
