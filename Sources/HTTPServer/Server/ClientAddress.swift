import CMicrohttpd
import Foundation

/// Whom connections and uploads are counted for: an IPv4 address, or the /64 network of an IPv6 address, since one client has all
/// addresses of its network.
public struct ClientAddress: Hashable, Sendable {
    private let network: [UInt8]
    let isLoopback: Bool

    /// From the 4 or 16 bytes of an address.
    init(_ bytes: [UInt8]) {
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
        if bytes.count == 16, !bytes.starts(with: mapped) {
            network = Array(bytes.prefix(8))
            isLoopback = bytes.last == 1 && bytes.dropLast().allSatisfy { $0 == 0 }
        } else {
            network = Array(bytes.suffix(4))
            isLoopback = network.first == 127
        }
    }

    /// From an address in digits, `192.0.2.7` or `fe80::1%eth0`; `nil` for anything else.
    public init?(_ text: String) {
        let text = text.prefix { $0 != "%" }
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: count)
            if inet_pton(family, String(text), &bytes) == 1 {
                self.init(bytes)
                return
            }
        }
        return nil
    }

    /// `nil` for a Unix socket.
    init?(_ address: UnsafePointer<sockaddr>) {
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            self = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { pointer in
                withUnsafeBytes(of: pointer.pointee.sin_addr) { ClientAddress(Array($0)) }
            }
        case AF_INET6:
            self = address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { pointer in
                withUnsafeBytes(of: pointer.pointee.sin6_addr) { ClientAddress(Array($0)) }
            }
        default:
            return nil
        }
    }
}
