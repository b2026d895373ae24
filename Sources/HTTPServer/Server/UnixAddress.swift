import CMicrohttpd
import Foundation

/// The address of a Unix socket whose path may be longer than the 107 bytes that fit into one: a longer path goes by
/// way of its folder's descriptor, `/proc/self/fd/N/name`.
final class UnixAddress: Sendable {
    private let text: String
    /// The folder's descriptor, or -1 where the path fits as it is.
    private let folder: Int32

    init(path: String) throws(ServerError) {
        let most = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1
        guard path.utf8.count > most else {
            text = path
            folder = -1
            return
        }
        let url = URL(filePath: path)
        folder = open(url.deletingLastPathComponent().path(percentEncoded: false), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else {
            throw .cannotListen("Cannot open the folder of \(path): \(String(cString: strerror(errno))).")
        }
        text = "/proc/self/fd/\(folder)/\(url.lastPathComponent)"
        guard text.utf8.count <= most else {
            throw .cannotListen("The name of the Unix socket \(path) is too long; give it a shorter one.")
        }
    }

    deinit {
        if folder >= 0 { close(folder) }
    }

    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: text.utf8) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}

extension UnsafePointer<sockaddr> {
    /// The host and the port of an Internet address in digits; `nil` for other families.
    func numericAddress(length: socklen_t) -> (host: String, port: Int)? {
        var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        var port = [CChar](repeating: 0, count: Int(NI_MAXSERV))
        guard
            [AF_INET, AF_INET6].contains(Int32(pointee.sa_family)),
            getnameinfo(
                self, length, &host, socklen_t(host.count), &port, socklen_t(port.count),
                NI_NUMERICHOST | NI_NUMERICSERV
            ) == 0
        else { return nil }
        func text(_ characters: [CChar]) -> String {
            String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
        return Int(text(port)).map { (text(host), $0) }
    }
}

extension UnsafeMutablePointer<sockaddr> {
    func numericAddress(length: socklen_t) -> (host: String, port: Int)? {
        UnsafePointer(self).numericAddress(length: length)
    }
}
