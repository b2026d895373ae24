import CCurl
import Foundation

/// An IP address, of either kind.
public struct NetworkAddress: Sendable, Hashable, CustomStringConvertible {
    /// Four bytes or sixteen, the first the most significant.
    public let bytes: [UInt8]

    /// An address of four or sixteen bytes; `nil` for any other number.
    public init?(bytes: [UInt8]) {
        guard [4, 16].contains(bytes.count) else { return nil }
        self.bytes = bytes
    }

    /// Reads an address as `inet_pton` does: `192.0.2.1`, `2001:db8::1`.
    public init?(_ text: String) {
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &bytes) == 1 {
            self.bytes = Array(bytes.prefix(4))
        } else if inet_pton(AF_INET6, text, &bytes) == 1 {
            self.bytes = bytes
        } else {
            return nil
        }
    }

    /// The address in a socket address; `nil` for what is not of the Internet.
    init?(_ address: UnsafeRawPointer, length: Int) {
        let place: (offset: Int, count: Int)
        switch Int32(address.loadUnaligned(as: sockaddr.self).sa_family) {
        case AF_INET: place = (MemoryLayout<sockaddr_in>.offset(of: \.sin_addr) ?? 4, 4)
        case AF_INET6: place = (MemoryLayout<sockaddr_in6>.offset(of: \.sin6_addr) ?? 8, 16)
        default: return nil
        }
        guard length >= place.offset + place.count else { return nil }
        bytes = Array(UnsafeRawBufferPointer(start: address + place.offset, count: place.count))
    }

    /// The IPv4 address that an IPv6 address stands for where it is one of those made of one; itself otherwise. What is
    /// sent to `::ffff:127.0.0.1`, or by a translator to `64:ff9b::7f00:1`, goes to 127.0.0.1.
    public var unwrapped: NetworkAddress {
        guard bytes.count == 16 else { return self }
        let forms: [(AddressRange, Range<Int>)] = AddressRange.embedding
        for (range, place) in forms where range.contains(exactly: self) {
            return NetworkAddress(bytes: Array(bytes[place])) ?? self
        }
        return self
    }

    /// The address as it is usually written.
    public var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count))
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
