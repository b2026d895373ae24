/// Which addresses may be connected to: those of the public Internet, and those that somebody allows.
public struct AddressPolicy: Sendable {
    private let ranges: [AddressRange]
    private let hosts: Set<String>

    /// Only the public Internet.
    public static let publicOnly = AddressPolicy(ranges: [], hosts: [])

    /// Reads what else is allowed: addresses, ranges (`10.0.0.0/8`) and names of hosts, with commas between them.
    /// Throws the entry that is none of these.
    public init(allowing list: String) throws(UnreadableEntry) {
        var ranges: [AddressRange] = []
        var hosts: Set<String> = []
        let entries = list.split(whereSeparator: { $0 == "," || $0.isWhitespace }).map(String.init)
        for entry in entries {
            if let range = AddressRange(entry.trimming("[", "]")) {
                ranges.append(range)
            } else if Self.isName(entry) {
                hosts.insert(entry.lowercased())
            } else {
                throw UnreadableEntry(entry: entry)
            }
        }
        self.init(ranges: ranges, hosts: hosts)
    }

    private init(ranges: [AddressRange], hosts: Set<String>) {
        self.ranges = ranges
        self.hosts = hosts
    }

    /// Whether this address may be connected to when a URL names this host.
    public func allows(_ address: NetworkAddress, of host: String) -> Bool {
        if hosts.contains(host.lowercased()) || ranges.contains(where: { $0.contains(address) }) { return true }
        let meant = address.unwrapped
        return !AddressRange.notPublic.contains { $0.contains(exactly: meant) }
    }

    /// Whether a host can be allowed by its name: one whose last part has a letter. Others are addresses.
    public static func isName(_ text: String) -> Bool {
        let isPlain = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }
        return isPlain && (text.split(separator: ".").last?.contains(where: \.isLetter) ?? false)
    }

    /// Something in the list that is neither an address, nor a range, nor the name of a host.
    public struct UnreadableEntry: Error, Sendable, CustomStringConvertible {
        let entry: String

        /// Which one.
        public var description: String {
            "“\(entry)” is neither an address (192.168.1.5), nor a range (10.0.0.0/8), nor the name of a host"
        }
    }
}

extension String {
    /// Without this prefix and suffix.
    fileprivate func trimming(_ prefix: Character, _ suffix: Character) -> String {
        first == prefix && last == suffix ? String(dropFirst().dropLast()) : self
    }
}
