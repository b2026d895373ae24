import Testing

@testable import HTTPServer

@Suite struct DefenceTests {
    @Test func plainFramingIsUnderstood() throws {
        #expect(try RequestFraming([:], version: "HTTP/1.1") == .none)
        #expect(try RequestFraming(["content-length": "17"], version: "HTTP/1.0") == .length(17))
        #expect(try RequestFraming(["Transfer-Encoding": "Chunked"], version: "HTTP/1.1") == .chunked)
    }

    @Test(
        arguments: [
            ["Content-Length": "5", "content-length": "5"], ["Content-Length": "5", "Transfer-Encoding": "chunked"],
            ["Content-Length": "+5"], ["Content-Length": "-5"], ["Content-Length": "5, 5"], ["Content-Length": "0x5"],
            ["Content-Length": ""], ["Content-Length": "99999999999999999999"], ["Transfer-Encoding": "gzip, chunked"],
            ["Transfer-Encoding": "identity"], ["Transfer-Encoding": "chunked", "transfer-encoding": "chunked"],
            ["Content-Length ": "5"], ["Transfer\tEncoding": "chunked"], ["": "x"],
        ] as [Headers])
    func ambiguousFramingIsRefused(_ headers: Headers) {
        #expect(throws: Problem.self) { try RequestFraming(headers, version: "HTTP/1.1") }
    }

    @Test func chunksNeedTheNewerVersion() {
        #expect(throws: Problem.self) { try RequestFraming(["Transfer-Encoding": "chunked"], version: "HTTP/1.0") }
    }

    private let hostGuard = HostGuard(allowedHosts: ["Fovea.example"])

    @Test(
        arguments: [
            ["Host": "localhost"], ["Host": "LOCALHOST:8080"], ["Host": "127.0.0.1:1"], ["Host": "[::1]:8080"],
            ["Host": "fovea.example"], ["Host": "localhost:8080", "Origin": "http://localhost:8080"],
            ["Host": "fovea.example", "Origin": "https://fovea.example"],
            ["Host": "localhost:80", "Origin": "http://localhost"],
            ["Host": "localhost", "Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"],
        ] as [Headers])
    func ownPagesMayDoAnything(_ headers: Headers) throws {
        try hostGuard.check(.post, headers)
    }

    @Test(
        arguments: [
            [:], ["Host": "evil.example"], ["Host": "localhost.evil.example"], ["Host": "localhost@evil.example"],
            ["Host": "localhost:"], ["Host": "localhost:x"], ["Host": "[::1"], ["Host": ":80"], ["Host": "127.0.0.2"],
            ["Host": "localhost:80:80"], ["Host": "localhost:+80"],
        ] as [Headers])
    func foreignHostsAreMisdirected(_ headers: Headers) throws {
        let problem = try #require(throws: Problem.self) { try hostGuard.check(.get, headers) }
        #expect(problem.status == .misdirectedRequest)
        #expect(problem.code == "foreign_host")
    }

    @Test(arguments: [
        "null", "http://evil.example", "http://localhost:9999", "https://localhost:8080.evil.example", "file://",
        "ftp://localhost:8080", "localhost:8080", "", "http://127.0.0.1:8080",
    ])
    func foreignOriginsAreForbidden(_ origin: String) throws {
        let headers: Headers = ["Host": "localhost:8080", "Origin": origin]
        let problem = try #require(throws: Problem.self) { try hostGuard.check(.get, headers) }
        #expect(problem.status == .forbidden)
        #expect(problem.code == "foreign_origin")
    }

    @Test func crossSiteRequestsMayOnlyRead() throws {
        let headers: Headers = ["Host": "localhost", "Sec-Fetch-Site": "cross-site"]
        try hostGuard.check(.get, headers)
        #expect(throws: Problem.self) { try hostGuard.check(.post, headers) }
    }
}
