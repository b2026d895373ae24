import Testing

@testable import HTTPServer

@Suite struct MultipartParserTests {
    private struct Part: Equatable {
        let name: String, filename: String?, content: String
    }

    private func parse(_ chunks: [[UInt8]], maximumParts: Int = 1_000) throws -> [Part] {
        var parser = try MultipartParser(contentType: "multipart/form-data; boundary=XX", maximumParts: maximumParts)
        var parts: [Part] = []
        var headers: MultipartHeaders?
        var content: [UInt8] = []
        for event in try chunks.flatMap({ try parser.parse($0) }) {
            switch event {
            case .part(let new):
                #expect(headers == nil)
                headers = new
            case .bytes(let bytes):
                #expect(!bytes.isEmpty && headers != nil)
                content += bytes
            case .partEnd:
                let part = try #require(headers)
                parts.append(
                    Part(name: part.name, filename: part.filename, content: String(decoding: content, as: UTF8.self))
                )
                (headers, content) = (nil, [])
            }
        }
        try parser.finish()
        return parts
    }

    /// Everything that is awkward: a preamble, blanks behind a boundary, a part without headers, one without content,
    /// near misses of the boundary, and an epilogue.
    private let body =
        "ignored\r\n--XX \t\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--X\r\n--XY\r\n-\r\n\r\r\n--XX\r\n"
        + "\r\nbare\r\n--XX\r\nContent-Disposition: form-data; name=f; filename=\"x.jpg\"\r\n"
        + "Content-Type: image/jpeg\r\n\r\n\r\n--XX--\r\nignored, too\r\n--XX\r\n"

    private let expected = [
        Part(name: "a", filename: nil, content: "one\r\n--X\r\n--XY\r\n-\r\n\r"),
        Part(name: "", filename: nil, content: "bare"), Part(name: "f", filename: "x.jpg", content: ""),
    ]

    @Test func everySplitGivesTheSameParts() throws {
        let bytes = Array(body.utf8)
        for first in 0...bytes.count {
            #expect(try parse([Array(bytes[..<first]), Array(bytes[first...])]) == expected)
        }
        for size in 1...7 {
            let chunks = stride(from: 0, to: bytes.count, by: size).map {
                Array(bytes[$0..<min($0 + size, bytes.count)])
            }
            #expect(try parse(chunks) == expected)
        }
    }

    @Test func everyTruncationIsNoticed() throws {
        let bytes = Array(body.utf8)
        let end = try #require(body.firstRange(of: "--XX--")).upperBound
        for count in 0..<body.utf8.distance(from: body.startIndex, to: end) {
            #expect(throws: MultipartError.self) { try parse([Array(bytes[..<count])]) }
        }
    }

    @Test(arguments: [
        ("--XX\r\n\r\n", "truncated"), ("--XXjunk\r\n\r\n\r\n--XX--", "bad_boundary_line"),
        ("--XX\r\nno colon\r\n\r\n\r\n--XX--", "bad_part_headers"),
        ("--XX\r\na: b\r\n folded\r\n\r\n\r\n--XX--", "bad_part_headers"),
        ("--XX\r\na: b\nc: d\r\n\r\n\r\n--XX--", "bad_part_headers"),
        (String(repeating: "x", count: 5_000), "no_boundary"),
        ("--XX\r\nA: " + String(repeating: "x", count: 17_000), "part_headers_too_large"),
        ("--XX" + String(repeating: " ", count: 5_000), "bad_boundary_line"),
    ])
    func brokenBodiesAreRefused(body: String, code: String) throws {
        let error = try #require(throws: MultipartError.self) { try parse([Array(body.utf8)]) }
        #expect(error.code == code)
        let slowly = try #require(throws: MultipartError.self) { try parse(body.utf8.map { [$0] }) }
        #expect(slowly.code == code)
    }

    @Test func partsAreCounted() throws {
        let body = String(repeating: "--XX\r\n\r\n\r\n", count: 3) + "--XX--"
        #expect(try parse([Array(body.utf8)], maximumParts: 3).count == 3)
        let error = try #require(throws: MultipartError.self) { try parse([Array(body.utf8)], maximumParts: 2) }
        #expect(error.isLimit)
    }

    @Test(arguments: [
        nil, "", "text/plain; boundary=a", "multipart/form-data", "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"a", "multipart/form-data; boundary=\"a \"", "multipart/form-data; boundary=é",
        "multipart/form-data; boundary=" + String(repeating: "x", count: 71),
    ])
    func otherContentTypesAreRefused(_ contentType: String?) {
        #expect(throws: MultipartError.self) { try MultipartParser(contentType: contentType) }
    }

    @Test(arguments: [
        "multipart/form-data; boundary=a", "Multipart/Form-Data; charset=utf-8; BOUNDARY=\"a b;c\"",
        "multipart/mixed;boundary=" + String(repeating: "x", count: 70),
    ])
    func boundariesAreFound(_ contentType: String) throws {
        _ = try MultipartParser(contentType: contentType)
    }
}
