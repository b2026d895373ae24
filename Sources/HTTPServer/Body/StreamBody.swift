/// A body that is made while it is sent, at the pace of whoever reads it.
public struct StreamBody: Sendable {
    /// How many bytes it will have, if that is known.
    public let length: Int?
    let produce: @Sendable (any BodyWriter) async throws -> Void

    /// A body written by `produce`; it ends when that returns, and breaks off when it throws.
    public init(length: Int? = nil, _ produce: @escaping @Sendable (any BodyWriter) async throws -> Void) {
        self.length = length
        self.produce = produce
    }

    /// A body of the chunks of a sequence.
    public init<Chunks: AsyncSequence & Sendable>(_ chunks: Chunks, length: Int? = nil)
    where Chunks.Element == [UInt8] {
        self.init(length: length) { writer in
            for try await chunk in chunks { try await writer.write(chunk) }
        }
    }
}

/// Where a stream body goes.
public protocol BodyWriter: Sendable {
    /// Sends bytes; waits while the reader is behind. Throws `CancellationError` once the reader is gone.
    func write(_ bytes: [UInt8]) async throws
}

/// Gathers a stream body in memory.
actor CollectingWriter: BodyWriter {
    private(set) var bytes: [UInt8] = []

    func write(_ bytes: [UInt8]) {
        self.bytes += bytes
    }
}
