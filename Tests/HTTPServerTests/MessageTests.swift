import Testing

@testable import HTTPServer

@Suite struct MessageTests {
    @Test func headersAreFoundWithoutCaseAndKeepTheirOrder() {
        var headers: Headers = ["Accept": "a", "X-One": "1", "accept": "b"]
        #expect(headers["ACCEPT"] == "a")
        #expect(headers.all("Accept") == ["a", "b"])
        headers["accept"] = "c"
        #expect(headers.fields.map(\.name) == ["X-One", "accept"])
        headers["X-One"] = nil
        #expect(headers.fields.count == 1)
        // "@" and "`" differ in the same bit as upper and lower case do.
        headers.add("x@", "1")
        #expect(headers["x`"] == nil)
    }

    @Test func queriesAreDecodedInOrder() throws {
        let query = try #require(Query(encoded: "label=dog&label=hot+dog&q=a%20b%3D%26&flag&=x&&caf%C3%A9=1"))
        #expect(query.all("label") == ["dog", "hot dog"])
        #expect(query.first("q") == "a b=&")
        #expect(query.first("flag") == "")
        #expect(query.first("") == "x")
        #expect(query.first("café") == "1")
        #expect(query.first("Label") == nil)
        #expect(query.items.count == 6)
    }

    @Test(arguments: ["a=%", "a=%2", "a=%zz", "a=%+1", "a=%FF", "a=%00", "%C3=1"])
    func brokenQueriesAreRefused(_ text: String) {
        #expect(Query(encoded: text) == nil)
    }

    @Test func pathsAreDecodedSegmentBySegment() throws {
        let target = try #require(RequestTarget("/buckets/a%2Fb/na%C3%AFve+x?x=1?2"))
        #expect(target.path == ["buckets", "a/b", "naïve+x"])
        #expect(target.query.first("x") == "1?2")
        #expect(RequestTarget("/")?.path == [])
        #expect(RequestTarget("/a//b/")?.path == ["a", "", "b", ""])
    }

    @Test(arguments: [
        "", "*", "a", "localhost:80", "ftp://localhost/", "http://localhost/..", "/..", "/a/../b", "/%2e%2E/b", "/./a",
        "/%", "/%e4", "/%00", "/a?%",
    ])
    func brokenTargetsAreRefused(_ text: String) async throws {
        #expect(RequestTarget(text) == nil)
        let problem = try #require(throws: Problem.self) { try Request(.get, text) }
        #expect(problem.status == .badRequest)
    }

    @Test(arguments: [
        ("http://localhost/a?b=c", "localhost", ["a"]), ("HTTPS://[::1]:80/a/", "[::1]:80", ["a", ""]),
        ("http://localhost", "localhost", []), ("http://localhost?b=c", "localhost", []),
    ])
    func proxiesAreAskedForWholeURLs(_ text: String, authority: String, path: [String]) throws {
        let target = try #require(RequestTarget(text))
        #expect(target.authority == authority)
        #expect(target.path == path)
        _ = try Request(.get, text, headers: ["Host": authority.uppercased()])
        let problem = try #require(throws: Problem.self) { try Request(.get, text, headers: ["Host": "other"]) }
        #expect(problem.code == "bad_host")
    }

    @Test func idsAreSixteenHexadecimalDigits() {
        let ids = Set((0..<500).map { _ in Request.newID() })
        #expect(ids.count == 500)
        #expect(ids.allSatisfy { $0.utf8.count == 16 && UInt64($0, radix: 16) != nil })
    }

    @Test func bodiesAreCollectedUpToALimit() async throws {
        let bytes: [UInt8] = [1, 2, 3]
        #expect(try await RequestBody(bytes).collect(upTo: 3) == bytes)
        #expect(try await RequestBody().collect(upTo: 0) == [])
        await #expect(throws: RequestBodyError.tooLarge(limit: 2)) { try await RequestBody(bytes).collect(upTo: 2) }
    }
}
