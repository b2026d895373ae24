import Synchronization

/// Bytes at hand as the source of a request body.
final class BytesSource: RequestBodySource {
    private let bytes: Mutex<[UInt8]>

    init(_ bytes: [UInt8]) {
        self.bytes = Mutex(bytes)
    }

    func next() async throws(RequestBodyError) -> [UInt8]? {
        let chunk = bytes.withLock { bytes in
            defer { bytes = [] }
            return bytes
        }
        return chunk.isEmpty ? nil : chunk
    }
}
