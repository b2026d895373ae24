/// A SHA-256 in 32 bytes, for there may be a million of them.
struct ContentHash: Hashable, Sendable, CustomStringConvertible {
    private let words: SIMD4<UInt64>

    /// Reads 64 hexadecimal digits; `nil` for anything else.
    init?(_ text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 64, digits.allSatisfy({ $0 != UInt8(ascii: "+") }) else { return nil }
        var words = SIMD4<UInt64>()
        for place in 0..<4 {
            let part = String(decoding: digits[place * 16..<place * 16 + 16], as: UTF8.self)
            guard let word = UInt64(part, radix: 16) else { return nil }
            words[place] = word
        }
        self.words = words
    }

    /// The 64 digits.
    var description: String {
        (0..<4).map { place in
            let digits = String(words[place], radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
