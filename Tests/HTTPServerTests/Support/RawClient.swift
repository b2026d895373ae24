import Foundation

/// A client that sends just the bytes it is told to, over a plain socket.
final class RawClient: Sendable {
    private let descriptor: Int32

    /// Connects to a port of this machine, from one of its loopback addresses; gives up a read or a write after some seconds, so that a test that fails
    /// does not hang.
    init(port: Int, from source: String = "127.0.0.1", patience: Int = 20) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard
            Self.with(source, 0, { bind(descriptor, $0, $1) }) == 0,
            Self.with("127.0.0.1", port, { connect(descriptor, $0, $1) }) == 0
        else { throw POSIXError(.ECONNREFUSED) }
        wait(atMost: patience)
    }

    private static func with<Result>(
        _ host: String, _ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr(host)
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    /// Sets after how many seconds a read or a write is given up.
    func wait(atMost seconds: Int) {
        var patience = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        close(descriptor)
    }

    /// Sends all of a text; answers whether the server still took it.
    @discardableResult
    func send(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return Foundation.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }

    /// Sends bytes until the server takes no more for the moment; answers how many it took.
    func fill(_ most: Int) -> Int {
        let chunk = [UInt8](repeating: 0x41, count: 64 * 1024)
        var sent = 0
        while sent < most {
            let count = Foundation.send(descriptor, chunk, min(chunk.count, most - sent), Int32(MSG_NOSIGNAL))
            guard count > 0 else { break }
            sent += count
        }
        return sent
    }

    /// Ends the connection in both directions.
    func leave() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// Everything the server sends until it closes, or `nil` when it does not close.
    func readToEnd() async -> String? {
        await Self.aside { [self] in
            var all: [UInt8] = []
            while let chunk = read(most: 64 * 1024) {
                if chunk.isEmpty { return String(decoding: all, as: UTF8.self) }
                all += chunk
            }
            // A reset is an end, too.
            return errno == ECONNRESET ? String(decoding: all, as: UTF8.self) : nil
        }
    }

    /// Reads until `text` has come; answers all that came before and with it.
    func read(until text: String) async -> String? {
        await Self.aside { [self] in
            var all = ""
            while let chunk = read(most: 1) {
                guard !chunk.isEmpty else { return nil }
                all += String(decoding: chunk, as: UTF8.self)
                if all.hasSuffix(text) { return all }
            }
            return nil
        }
    }

    private func read(most: Int) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: most)
        let count = recv(descriptor, &buffer, most, 0)
        return count < 0 ? nil : Array(buffer.prefix(count))
    }

    /// Runs what blocks on a thread of its own: the server's handlers need the threads that tests run on.
    static func aside<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: body()) }
        }
    }
}
