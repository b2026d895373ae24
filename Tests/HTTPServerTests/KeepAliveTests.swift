import Testing

@testable import HTTPServer

/// One connection for many requests: each answer must end where the next one begins.
@Suite struct KeepAliveTests {
    private func routes(_ router: inout Router) {
        router.add(.get, "/") { _ in .text("fine") }
        router.add(.get, "/nothing") { _ in Response(.noContent, body: .bytes([1, 2, 3])) }
        router.add(.get, "/known") { Response.text("known").conditional(on: $0, etag: "a") }
        router.add(.get, "/empty") { _ in Response() }
        router.add(.get, "/stream") { _ in
            Response(body: .stream(StreamBody { try await $0.write(Array("flow".utf8)) }))
        }
        router.add(.post, "/", maximumBody: 10) { .text("\(try await $0.body.collect(upTo: 10).count)") }
        router.add(.get, "/broken") { _ in throw Broken() }
    }

    private struct Broken: Error {}

    @Test(arguments: [
        ("GET /nothing", "", "204"), ("GET /empty", "", "200"), ("GET /stream", "", "200"), ("HEAD /", "", "200"),
        ("HEAD /stream", "", "200"), ("GET /known", "If-None-Match: \"a\"\r\n", "304"),
        ("HEAD /known", "If-None-Match: *\r\n", "304"), ("GET /missing", "", "404"), ("HEAD /missing", "", "404"),
        ("DELETE /", "", "405"), ("OPTIONS /", "", "204"), ("GET /broken", "", "500"), ("HEAD /broken", "", "500"),
        ("POST /", "Content-Length: 3\r\n\r\nabc", "200"), ("POST /", "Content-Length: 0\r\n", "200"),
        ("POST /", "Transfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nTrailer: x\r\n", "200"),
        ("GET /", "Range: bytes=9-\r\n", "200"),
        ("BREW /", "", "501"),
    ])
    func theNextAnswerFollowsAtOnce(_ line: String, rest: String, status: String) async throws {
        try await withServer(routes: routes) { port in
            let client = try RawClient(port: port)
            let hasBody = rest.contains("\r\n\r\n") && rest.contains("Content-Length")
            client.send("\(line) HTTP/1.1\r\nHost: x\r\n\(rest)\(hasBody ? "" : "\r\n")")
            client.send("GET / HTTP/1.1\r\nHost: x\r\nX-Last: yes\r\nConnection: close\r\n\r\n")
            let text = try #require(await client.readToEnd())
            #expect(text.hasPrefix("HTTP/1.1 \(status) "))
            #expect(text.hasSuffix("\r\n\r\nfine"))
            #expect(text.matches(of: #/HTTP\/1\.1 \d+ /#).count == 2)
        }
    }

    @Test func olderClientsGetOneAnswerAndTheEnd() async throws {
        try await withServer(routes: routes) { port in
            let client = try RawClient(port: port)
            client.send("GET /stream HTTP/1.0\r\nHost: x\r\n\r\n")
            let text = try #require(await client.readToEnd())
            #expect(text.hasSuffix("\r\n\r\nflow") && !text.contains("chunked"))
        }
    }

    @Test func expectationsOfOlderClientsAreIgnored() async throws {
        try await withServer(routes: routes) { port in
            let client = try RawClient(port: port)
            client.send("POST / HTTP/1.0\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc")
            let text = try #require(await client.readToEnd())
            #expect(text.hasPrefix("HTTP/1.1 200 ") && text.hasSuffix("\r\n\r\n3"))
        }
    }
}
