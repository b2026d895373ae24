import Foundation

/// What follows a response's headers.
public enum ResponseBody: Sendable {
    /// Nothing.
    case empty
    /// Bytes at hand.
    case bytes([UInt8])
    /// A part of an open file.
    case file(FileBody)
    /// Bytes that come as they are made, such as server-sent events.
    case stream(StreamBody)

    /// How many bytes there will be; `nil` for a stream that does not say.
    public var count: Int? {
        switch self {
        case .empty: 0
        case .bytes(let bytes): bytes.count
        case .file(let file): file.size
        case .stream(let stream): stream.length
        }
    }

    /// The whole body in memory, for a Lambda answer or a test. Throws what reading the file or the stream throws.
    public func collect() async throws -> [UInt8] {
        switch self {
        case .empty: return []
        case .bytes(let bytes): return bytes
        case .file(let file): return try file.read()
        case .stream(let stream):
            let collector = CollectingWriter()
            try await stream.produce(collector)
            return await collector.bytes
        }
    }
}

/// A stretch of an open file. Whoever owns the descriptor lives at least until the file is sent.
public struct FileBody: Sendable {
    /// Open for reading, at any position.
    public let descriptor: Int32
    /// Where the stretch begins.
    public let offset: Int
    /// How many bytes it has.
    public let size: Int
    /// Keeps the descriptor open.
    public let owner: any Sendable & AnyObject

    /// Describes `size` bytes from `offset` of a descriptor that `owner` closes when it goes.
    public init(descriptor: Int32, offset: Int = 0, size: Int, owner: any Sendable & AnyObject) {
        self.descriptor = descriptor
        self.offset = offset
        self.size = size
        self.owner = owner
    }

    /// A part of this stretch.
    func part(_ range: Range<Int>) -> FileBody {
        FileBody(descriptor: descriptor, offset: offset + range.lowerBound, size: range.count, owner: owner)
    }

    func read() throws -> [UInt8] {
        try withExtendedLifetime(owner) {
            var bytes = [UInt8](repeating: 0, count: size)
            var done = 0
            while done < size {
                let count = bytes.withUnsafeMutableBytes { buffer in
                    pread(descriptor, buffer.baseAddress.map { $0 + done }, size - done, off_t(offset + done))
                }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
                done += count
            }
            return bytes
        }
    }
}
