/// Addresses that begin with the same bits, `10.0.0.0/8`.
public struct AddressRange: Sendable, Hashable {
    private let first: NetworkAddress
    private let bits: Int

    /// Reads `10.0.0.0/8`, `fd00::/8`, or one address; `nil` for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let first = NetworkAddress(parts[0]) else { return nil }
        let most = first.bytes.count * 8
        guard let bits = parts.count == 1 ? most : Int(parts[1]), 0...most ~= bits else { return nil }
        self.first = first
        self.bits = bits
    }

    /// Whether an address, or the one that it stands for, is among them.
    public func contains(_ address: NetworkAddress) -> Bool {
        contains(exactly: address) || contains(exactly: address.unwrapped)
    }

    func contains(exactly address: NetworkAddress) -> Bool {
        guard address.bytes.count == first.bytes.count else { return false }
        return zip(first.bytes, address.bytes).enumerated().allSatisfy { place, pair in
            let counted = min(8, max(0, bits - place * 8))
            return (pair.0 ^ pair.1) & (UInt8.max << (8 - counted)) == 0
        }
    }
}

extension AddressRange {
    /// What is not of the public Internet, by the registries of special addresses (RFC 6890 and after), together with
    /// multicast and what nobody has been given.
    static let notPublic: [AddressRange] = [
        // This machine, unspecified, link-local
        "0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16",
        // Private: RFC 1918, and the shared space between providers and their customers
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10",
        // Protocols, documentation, benchmarks, old relays
        "192.0.0.0/24", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "198.18.0.0/15", "192.88.99.0/24",
        // Multicast, reserved, broadcast
        "224.0.0.0/4", "240.0.0.0/4",
        // Of IPv6, all that is not global unicast: unspecified, loopback, unique local, link-local, multicast…
        "::/3", "4000::/2", "8000::/1",
        // … and what is special within: Teredo, benchmarks and other protocols, documentation
        "2001::/23", "2001:db8::/32", "3fff::/20",
    ].compactMap(AddressRange.init)

    /// The forms of IPv6 addresses that stand for an IPv4 address, and where it is in them: mapped, translated (RFC 2765),
    /// NAT64, 6to4, compatible.
    static let embedding: [(AddressRange, Range<Int>)] = [
        ("::ffff:0:0/96", 12..<16), ("::ffff:0:0:0/96", 12..<16), ("64:ff9b::/96", 12..<16), ("2002::/16", 2..<6),
    ].compactMap { text, place in AddressRange(text).map { ($0, place) } }
}
