import Foundation

/// A socket that accepts connections; closed, and its file removed, when this object goes.
final class ListeningSocket: Sendable {
    let descriptor: Int32
    /// The bound TCP port; `nil` for a Unix socket.
    let port: Int?
    private let path: String?

    private init(descriptor: Int32, port: Int?, path: String?) {
        self.descriptor = descriptor
        self.port = port
        self.path = path
    }

    deinit {
        if let path { unlink(path) }
        close(descriptor)
    }

    /// Listens on a TCP port of the first address that `host` stands for.
    convenience init(host: String, port: Int) throws(ServerError) {
        let (found, length) = try Self.address(host: host, port: port)
        let descriptor = try Self.socket(Int32(found.ss_family))
        var address = found
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        guard bound == 0, listen(descriptor, 511) == 0 else {
            let code = errno
            close(descriptor)
            if code == EADDRINUSE { throw .portInUse(host: host, port: port) }
            let hint = code == EACCES ? " Ports below 1024 belong to the system: choose a higher one." : ""
            throw .cannotListen("Cannot listen on port \(port) of \(host): \(Self.reason(code)).\(hint)")
        }
        self.init(descriptor: descriptor, port: Self.boundPort(descriptor), path: nil)
    }

    /// Listens on a Unix socket of mode 0600, replacing a file that a dead process left behind.
    convenience init(path: String) throws(ServerError) {
        let address = try UnixAddress(path: path)
        let probe = try Self.socket(AF_UNIX)
        let answered = address.withPointer { connect(probe, $0, $1) } == 0
        close(probe)
        if answered { throw .socketInUse(path: path) }
        if Self.isSocket(path) { unlink(path) }
        let descriptor = try Self.socket(AF_UNIX)
        // On Linux, the mode of the unbound socket becomes the mode of the file: it is never open to others, not even
        // for a moment, and the process-wide umask stays alone.
        fchmod(descriptor, 0o600)
        guard address.withPointer({ bind(descriptor, $0, $1) }) == 0, listen(descriptor, 511) == 0 else {
            let code = errno
            close(descriptor)
            throw .cannotListen("Cannot listen on the Unix socket \(path): \(Self.reason(code)).")
        }
        self.init(descriptor: descriptor, port: nil, path: path)
    }

    private static func socket(_ family: Int32) throws(ServerError) -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = Foundation.socket(family, kind, 0)
        guard descriptor >= 0 else { throw .cannotListen("Cannot open a socket: \(reason(errno)).") }
        return descriptor
    }

    private static func address(host: String, port: Int) throws(ServerError) -> (sockaddr_storage, socklen_t) {
        guard (0...65_535).contains(port) else { throw .cannotListen("\(port) is not a port; ports are 0 to 65535.") }
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &found)
        defer { freeaddrinfo(found) }
        guard code == 0, let first = found?.pointee, let source = first.ai_addr else {
            throw .cannotListen("Cannot find the address of \(host): \(String(cString: gai_strerror(code))).")
        }
        var address = sockaddr_storage()
        withUnsafeMutableBytes(of: &address) { $0.copyMemory(from: .init(start: source, count: Int(first.ai_addrlen))) }
        return (address, first.ai_addrlen)
    }

    private static func boundPort(_ descriptor: Int32) -> Int? {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                getsockname(descriptor, pointer, &length) == 0 ? pointer.numericAddress(length: length)?.port : nil
            }
        }
    }

    private static func isSocket(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
    }

    private static func reason(_ code: Int32) -> String {
        String(cString: strerror(code))
    }
}
