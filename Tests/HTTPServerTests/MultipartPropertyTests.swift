import Testing

@testable import HTTPServer

/// What holds for every body, on bodies made at random of the bytes that mean something to the parser.
@Suite struct MultipartPropertyTests {
    private typealias Part = (headers: MultipartHeaders, content: [UInt8])

    /// The parts, or the code of the error, of a body that comes in these chunks.
    private func parse(_ chunks: [[UInt8]], boundary: String) -> Result<[Part], MultipartError> {
        var parser = MultipartParser(boundary: boundary, maximumParts: 1_000)
        var parts: [Part] = []
        do throws(MultipartError) {
            for chunk in chunks {
                for event in try parser.parse(chunk) {
                    switch event {
                    case .part(let headers): parts.append((headers, []))
                    case .bytes(let bytes): parts[parts.count - 1].content += bytes
                    case .partEnd: break
                    }
                }
            }
            try parser.finish()
            return .success(parts)
        } catch {
            return .failure(error)
        }
    }

    private func cut(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [[UInt8]] {
        var chunks: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let size =
                Bool.random(using: &random)
                ? Int.random(in: 0...3, using: &random) : .random(in: 0...200, using: &random)
            chunks.append(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return chunks
    }

    /// Content full of beginnings of the boundary, but without it.
    private func content(_ boundary: String, _ random: inout SeededGenerator) -> [UInt8] {
        let delimiter = Array("\r\n--\(boundary)".utf8)
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 0...30, using: &random) {
            switch Int.random(in: 0...3, using: &random) {
            case 0: bytes += delimiter.prefix(.random(in: 0..<delimiter.count, using: &random))
            case 1: bytes += [0x0D, 0x0A]
            case 2: bytes += Array("--\(boundary)--".utf8.dropLast(.random(in: 3...5, using: &random)))
            default: bytes.append(.random(in: 0...255, using: &random))
            }
        }
        // Cut where the pieces have made a boundary by chance; also at the very beginning, where the line end before the
        // content counts as one.
        while let place = ([0x0D, 0x0A] + bytes).firstRange(of: delimiter) {
            bytes = Array(bytes.prefix(max(0, place.lowerBound - 2)))
        }
        return bytes
    }

    @Test(arguments: 0..<300) func whatWasPutTogetherIsTakenApart(seed: Int) throws {
        var random = SeededGenerator(seed)
        let boundary =
            ["X", "-", "--", "a-\(seed)", String(repeating: "-", count: 70)].randomElement(using: &random) ?? "X"
        var body: [UInt8] = []
        var contents: [[UInt8]] = []
        for number in 0..<Int.random(in: 0...6, using: &random) {
            let content = content(boundary, &random)
            contents.append(content)
            body += Array("--\(boundary)\r\nContent-Disposition: form-data; name=n\(number); filename=f\r\n\r\n".utf8)
            body += content + [0x0D, 0x0A]
        }
        body += Array("--\(boundary)--\r\nan epilogue\r\n--\(boundary)\r\n".utf8)
        let parts = try parse(cut(body, &random), boundary: boundary).get()
        #expect(parts.map(\.content) == contents)
        #expect(parts.map(\.headers.name) == contents.indices.map { "n\($0)" })
    }

    @Test(arguments: 0..<600) func howItIsCutMakesNoDifference(seed: Int) {
        var random = SeededGenerator(seed)
        let pieces = [
            "--X", "--X--", "\r\n", "\r\n--X", "\r\n--X\r\n", "\r\n\r\n", "\r", "\n", "-", " ", "\t", "a", "A: b", ": ",
            "\0", "é",
            "Content-Disposition: form-data; name=a; filename=\"../b\"", "\r\n--X--", "\r\n--X\r\nA: b\r\n\r\n",
        ]
        var text = Bool.random(using: &random) ? "--X\r\n" : ""
        for _ in 0..<Int.random(in: 0...25, using: &random) { text += pieces.randomElement(using: &random) ?? "" }
        let bytes = Array(text.utf8)
        let whole = describe(parse([bytes], boundary: "X"))
        #expect(describe(parse(cut(bytes, &random), boundary: "X")) == whole)
        #expect(describe(parse(bytes.map { [$0] }, boundary: "X")) == whole)
    }

    private func describe(_ result: Result<[Part], MultipartError>) -> String {
        switch result {
        case .success(let parts): "\(parts.map { "\($0.headers.headers.fields)=\($0.content)" })"
        case .failure(let error): error.code
        }
    }

    @Test(arguments: 0..<300) func noFileNameHasAFolder(seed: Int) throws {
        var random = SeededGenerator(seed)
        let pieces = [
            "..", "/", "\\", "C:", "%2e", "%2f", "%5C", ".", "a", "é", "\u{202E}", "\\\"", ";", "'", "%00", "%22", "=",
            "*",
        ]
        let name = (0..<Int.random(in: 0...12, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
            .joined()
        for parameter in ["filename=\"\(name)\"", "filename=\(name)", "filename*=UTF-8''\(name)"] {
            let headers = try MultipartHeaders("Content-Disposition: form-data; \(parameter)".utf8)
            guard let filename = headers.filename else { continue }
            #expect(!filename.isEmpty && !filename.contains { "/\\\0".contains($0) }, "\(parameter)")
        }
    }
}
