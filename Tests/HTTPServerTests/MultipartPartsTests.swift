import Testing

@testable import HTTPServer

@Suite struct MultipartPartsTests {
    private func request(_ body: String) throws -> Request {
        try Request(
            .post, "/", headers: ["Content-Type": "multipart/form-data; boundary=XX"],
            body: RequestBody(Array(body.utf8))
        )
    }

    private func part(_ name: String, _ content: String) -> String {
        "--XX\r\nContent-Disposition: form-data; name=\(name)\r\n\r\n\(content)\r\n"
    }

    @Test func partsComeOneAfterTheOther() async throws {
        let request = try request(part("a", "one") + part("b", "") + part("c", "three") + "--XX--")
        var seen: [String] = []
        for try await part in try MultipartParts(request) {
            let bytes = try await part.body.collect(upTo: 100)
            seen.append(part.name + "=" + String(decoding: bytes, as: UTF8.self))
        }
        #expect(seen == ["a=one", "b=", "c=three"])
    }

    @Test func unreadPartsAreSkipped() async throws {
        let parts = try MultipartParts(request(part("a", "one") + part("b", "two") + "--XX--")).makeAsyncIterator()
        var iterator = parts
        let first = try #require(try await iterator.next())
        let second = try #require(try await iterator.next())
        #expect(second.name == "b")
        #expect(try await first.body.collect(upTo: 100) == [])
        #expect(try await second.body.collect(upTo: 100) == Array("two".utf8))
        #expect(try await iterator.next() == nil)
    }

    @Test func aPartMayBeTooLarge() async throws {
        var parts = try MultipartParts(request(part("a", "12345") + "--XX--")).makeAsyncIterator()
        let first = try #require(try await parts.next())
        await #expect(throws: RequestBodyError.tooLarge(limit: 4)) { try await first.body.collect(upTo: 4) }
    }

    @Test func aTruncatedBodyThrowsWhereItEnds() async throws {
        var parts = try MultipartParts(request("--XX\r\n\r\nabc")).makeAsyncIterator()
        let first = try #require(try await parts.next())
        await #expect(throws: MultipartError.self) { try await first.body.collect(upTo: 100) }
    }
}
