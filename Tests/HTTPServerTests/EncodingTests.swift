import Testing

@testable import HTTPServer

/// What is percent-encoded comes back as it was, whatever it is.
@Suite struct EncodingTests {
    private func encode(_ text: String, sparing: Set<UInt8> = []) -> String {
        text.utf8.map { byte in
            if sparing.contains(byte) { return String(Character(Unicode.Scalar(byte))) }
            let digits = String(byte, radix: 16)
            return "%" + String(repeating: "0", count: 2 - digits.count)
                + (byte.isMultiple(of: 2) ? digits.uppercased() : digits)
        }.joined()
    }

    private func text(_ random: inout SeededGenerator) -> String {
        let letters: [Unicode.Scalar] = [
            "a", "/", "?", "&", "=", "+", "%", "#", ".", " ", "\u{1}", "é", "💥", "\u{202E}", "\u{FFFD}",
        ]
        return (0..<Int.random(in: 1...12, using: &random)).reduce(into: "") { text, _ in
            text.unicodeScalars.append(letters.randomElement(using: &random) ?? "a")
        }
    }

    @Test(arguments: 0..<300) func textSurvivesEncoding(seed: Int) throws {
        var random = SeededGenerator(seed)
        let (name, value, segment) = (text(&random), text(&random), text(&random))
        let plain = Set("abcxyz".utf8)
        let encoded =
            "/\(encode(segment, sparing: plain))?\(encode(name))=\(encode(value, sparing: plain))&\(encode(name))"
        guard segment != ".", segment != ".." else { return }
        let request = try Request(.get, encoded)
        #expect(request.path == [segment])
        #expect(request.query.items == [Query.Item(name: name, value: value), Query.Item(name: name, value: "")])
        #expect(request.target == encoded)
    }

    @Test(arguments: 0..<600) func noiseIsRefusedOrUnderstoodButNeverClimbs(seed: Int) {
        var random = SeededGenerator(seed)
        let pieces = [
            "/", ".", "..", "%2e", "%2E", "%2f", "%", "%0", "%00", "%25", "%252e", "a", "?", "&", "=", "é", "\\", "//",
        ]
        let target =
            "/"
            + (0..<Int.random(in: 0...10, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
            .joined()
        guard let request = try? Request(.get, target) else { return }
        #expect(!request.path.contains("."))
        #expect(!request.path.contains(".."))
        #expect(!request.path.contains { $0.utf8.contains(0) })
        #expect(request.path.joined().utf8.count <= target.utf8.count)
    }

    @Test(
        arguments: [
            ("a; b=c", "a", ["b": "c"]), ("A ;B= c ;; d=\"e;f\" ", "a", ["b": "c", "d": "e;f"]), ("a", "a", [:]),
            ("", "", [:]),
            ("a;b=\"\\\"\\\\\\x\"", "a", ["b": "\"\\\\x"]), ("a;b=1;B=2", "a", ["b": "1"]), ("a;", "a", [:]),
            ("a;b=", "a", ["b": ""]),
        ] as [(String, String, [String: String])])
    func headerParametersAreRead(_ header: String, text: String, parameters: [String: String]) throws {
        let value = try #require(HeaderValue(header))
        #expect(value.text == text)
        #expect(value.parameters == parameters)
    }

    @Test(arguments: ["a;b", "a;b=\"c", "a;b=\"c\"d", "a;b=\"c\\\""]) func brokenParametersAreRefused(_ header: String)
    {
        #expect(HeaderValue(header) == nil)
    }
}
