import Foundation
import NetworkClient
import Testing

@Suite struct HeaderTextTests {
    @Test func plainTextStaysAsItIs() {
        #expect(HeaderText.encoded("Fovea: Cat, Dog (2) - a.jpg") == "Fovea: Cat, Dog (2) - a.jpg")
        #expect(HeaderText.encoded("") == "")
    }

    @Test(arguments: [
        "Fovea: Tasse — Müller.jpg", "=?UTF-8?B?aGVsbG8=?=", String(repeating: "猫と犬", count: 40),
        "👨‍👩‍👧‍👦" + String(repeating: "\u{301}", count: 100), String(repeating: "a", count: 2000),
    ]) func otherTextIsReadAsItWasWritten(text: String) throws {
        let encoded = HeaderText.encoded(text)
        #expect(encoded.utf8.allSatisfy { $0 < 0x80 })
        let words = encoded.components(separatedBy: "\r\n ")
        #expect(words.allSatisfy { $0.count <= 75 && $0.hasPrefix("=?UTF-8?B?") && $0.hasSuffix("?=") })
        // Each word has to be text by itself.
        let pieces = try words.map { word in
            let bytes = try #require(Data(base64Encoded: String(word.dropFirst(10).dropLast(2))))
            return try #require(String(data: bytes, encoding: .utf8))
        }
        #expect(Array(pieces.joined().unicodeScalars) == Array(text.unicodeScalars))
    }

    @Test(arguments: ["\n", "\r", "\r\n", "\u{0}", "\u{B}", "\u{85}", "\u{2028}", "\u{2029}", "\n\u{301}"])
    func noTextEndsItsLine(end: String) {
        let encoded = HeaderText.encoded("a.jpg\(end)Bcc: thief@example.org")
        #expect(!encoded.unicodeScalars.contains { $0.value < 0x20 || $0.value > 0x7E })
        #expect(!encoded.hasPrefix("Bcc"))
        let long = HeaderText.encoded(String(repeating: "ü", count: 100) + "\(end)Bcc: thief@example.org")
        let lines = long.components(separatedBy: "\r\n")
        #expect(lines.dropFirst().allSatisfy { $0.hasPrefix(" =?UTF-8?B?") })
    }
}
