/// The decoded `name=value` pairs behind the `?` of a URL, in order; `+` and `%20` both mean a space.
public struct Query: Sendable, Equatable {
    /// One pair.
    public struct Item: Sendable, Equatable {
        /// Its decoded name.
        public let name: String
        /// Its decoded value; empty where there is no `=`.
        public let value: String

        /// Makes a pair.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// All pairs, in order.
    public let items: [Item]

    /// Takes decoded pairs as they are.
    public init(_ items: [Item] = []) {
        self.items = items
    }

    /// Decodes `a=1&b=two+words`; `nil` where an escape is broken or the bytes are not UTF-8.
    public init?(encoded text: some StringProtocol) {
        var items: [Item] = []
        for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
            let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard
                let name = percentDecoded(halves[0], plusIsSpace: true),
                let value = halves.count == 2 ? percentDecoded(halves[1], plusIsSpace: true) : ""
            else { return nil }
            items.append(Item(name: name, value: value))
        }
        self.items = items
    }

    /// The first value under a name; names are compared exactly.
    public func first(_ name: String) -> String? {
        items.first { $0.name == name }?.value
    }

    /// Every value under a name, in order.
    public func all(_ name: String) -> [String] {
        items.filter { $0.name == name }.map(\.value)
    }
}
