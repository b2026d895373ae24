import Foundation
import Testing

@testable import HTTPServer

@Suite struct HostileClientTests {
    private func answer(_ text: String, port: Int) async throws -> String {
        let client = try RawClient(port: port)
        client.send(text)
        return try #require(await client.readToEnd())
    }

    private func routes(_ router: inout Router) {
        router.add(.get, "/") { _ in .text("fine") }
        router.add(.post, "/", maximumBody: 100) { .text("\(try await $0.body.collect(upTo: 100).count)") }
    }

    @Test(arguments: [
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\nabcd",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked \r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: \u{B}chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nA: b\rTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 18446744073709551620\r\n\r\nabcd",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -4\r\n\r\nabcd",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4x\r\n\r\nabcd",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length : 4\r\n\r\nabcd",
        "POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
    ])
    func smugglingShapesAreRefusedAndTheConnectionClosed(_ head: String) async throws {
        try await withServer(routes: routes) { port in
            let text = try await answer(head + "GET / HTTP/1.1\r\nHost: x\r\n\r\n", port: port)
            #expect(text.hasPrefix("HTTP/1.1 400 ") || text.hasPrefix("HTTP/1.1 413 "))
            #expect(!text.contains("fine"))
        }
    }

    @Test(arguments: [
        ("GET /%zz HTTP/1.1\r\nHost: x", 400, "bad_target"), ("GET /a/../b HTTP/1.1\r\nHost: x", 400, "bad_target"),
        ("GET /%2e%2E/b HTTP/1.1\r\nHost: x", 400, "bad_target"), ("GET /\u{1} HTTP/1.1\r\nHost: x", 400, "bad_target"),
        ("GET /\t HTTP/1.1\r\nHost: x", 400, "bad_target"), ("GET /\u{7F} HTTP/1.1\r\nHost: x", 400, "bad_target"),
        ("GET /\0 HTTP/1.1\r\nHost: x", 400, "bad_head"), ("GET x:80 HTTP/1.1\r\nHost: x", 400, "bad_target"),
        ("OPTIONS * HTTP/1.1\r\nHost: x", 400, "bad_target"), ("BREW / HTTP/1.1\r\nHost: x", 501, "unknown_method"),
        ("CONNECT x:80 HTTP/1.1\r\nHost: x", 501, "unknown_method"),
        ("get / HTTP/1.1\r\nHost: x", 501, "unknown_method"), ("GET / HTTP/1.2\r\nHost: x", 505, "unknown_version"),
        ("GET http://y/ HTTP/1.1\r\nHost: x", 400, "bad_host"),
        ("GET / HTTP/1.1\r\nHost: x\r\nHost: x", 400, "bad_host"),
        ("GET / HTTP/1.1\r\nHost: x\r\nA: b\u{1}", 400, "bad_header"),
        ("GET / HTTP/1.1\r\nHost: x\r\nA: b\rC: d", 400, "bad_header"),
        ("GET / HTTP/1.1\r\nHost: x\r\nA: b\0c", 400, "bad_head"), ("GET / HTTP/1.1\r\nHost: x\0y", 400, "bad_head"),
        ("GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c", 400, "bad_head"),
        ("GET / HTTP/1.1\nHost: x", 400, "bad_head"), ("GET / HTTP/1.1\r\nHost: x\r\n: b", 400, "bad_head"),
        ("POST / HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nContent-Length: 1", 417, "unknown_expectation"),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 101", 413, "body_too_large"),
    ])
    func whatIsRefusedSaysWhyAndWhatToDo(_ head: String, status: Int, code: String) async throws {
        struct Document: Decodable { let status: Int, code: String, detail: String, instance: String }
        try await withServer(routes: routes) { port in
            let text = try await answer(head + "\r\nConnection: close\r\n\r\n", port: port)
            #expect(text.hasPrefix("HTTP/1.1 \(status) "))
            #expect(text.contains("\r\nContent-Type: application/problem+json\r\n"))
            let body = try #require(text.firstRange(of: "\r\n\r\n")).upperBound
            let document = try JSONDecoder().decode(Document.self, from: Data(text[body...].utf8))
            #expect(document.status == status && document.code == code)
            #expect(text.contains("\r\nX-Request-Id: \(document.instance)\r\n"))
            // A sentence on what happened, and one on what to do.
            #expect(document.detail.split(separator: #/[.;] /#).count >= 2, "\(document.detail)")
        }
    }

    @Test(arguments: [
        "GET / HTTP/1.0\r\n\r\n", "POST / HTTP/1.0\r\nContent-Length: 3\r\n\r\nabc",
        "POST / HTTP/1.0\r\nExpect: tea\r\nContent-Length: 3\r\n\r\nabc",
        "GET http://x/ HTTP/1.1\r\nHost: X\r\nConnection: close\r\n\r\n",
        "\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost:x\r\nA:    b\t\r\nC:\r\nConnection: close\r\n\r\n",
        "GET /?q=räksmörgås HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    ])
    func oddButHonestRequestsAreAnswered(_ request: String) async throws {
        try await withServer(routes: routes) { port in
            let text = try await answer(request, port: port)
            #expect(text.hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test func pipelinedRequestsAreAnsweredInOrder() async throws {
        try await withServer { router in
            router.add(.post, "/{name}", maximumBody: 100) { request in
                let body = String(decoding: try await request.body.collect(upTo: 100), as: UTF8.self)
                return .text("[\(request.parameters["name"] ?? ""):\(body)]")
            }
        } _: { port in
            let requests = (0..<20).map { number in
                let end = number == 19 ? "Connection: close\r\n" : ""
                return "POST /\(number) HTTP/1.1\r\nHost: x\r\n\(end)"
                    + (number % 2 == 0
                        ? "Content-Length: 2\r\n\r\nab" : "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n")
            }
            let text = try await answer(requests.joined(), port: port)
            #expect(text.matches(of: #/\[\d+:ab\]/#).map { String($0.0) } == (0..<20).map { "[\($0):ab]" })
        }
    }

    @Test(arguments: [
        "FFFFFFFFFFFFFFFFFF\r\nabc", "-3\r\nabc", "0x3\r\nabc", " 3\r\nabc", "\r\nabc", "3\r\nabcd\r\n",
        "3;a\nb\r\nabc\r\n",
        "3\rabc\r\n", "3\r\nabc\r\n0\r\nno trailer\r\n\r\n",
    ])
    func brokenChunksEndTheConnectionAndReachNoHandlerAsABody(_ chunks: String) async throws {
        let whole = Flag()
        try await withServer { router in
            router.add(.post, "/", maximumBody: 100) { request in
                _ = try await request.body.collect(upTo: 100)
                whole.raise()
                return .text("whole")
            }
        } _: { port in
            let text = try await answer(
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\(chunks)\r\n0\r\n\r\n"
                    + "GET / HTTP/1.1\r\nHost: x\r\n\r\n", port: port)
            #expect(text.hasPrefix("HTTP/1.1 4"))
        }
        #expect(!whole.isRaised)
    }

    @Test func headersThatAreTooLargeAreRefused() async throws {
        var limits = ServerLimits()
        limits.headerBytes = 1_024
        try await withServer(limits: limits, routes: routes) { port in
            for size in [2_000, 1_000_000] {
                let filler = String(repeating: "x", count: size)
                let text = try await answer("GET / HTTP/1.1\r\nHost: x\r\nX-Filler: \(filler)\r\n\r\n", port: port)
                // The system may throw an answer away when the client still sends; it must not be a good one.
                #expect(text.isEmpty ? size > 100_000 : text.contains(" 431 "))
            }
        }
    }

    @Test func foreignPagesAreKeptOut() async throws {
        try await withServer(hostGuard: HostGuard(), routes: routes) { port in
            let rebound = try await answer("GET / HTTP/1.1\r\nHost: evil\r\nConnection: close\r\n\r\n", port: port)
            #expect(rebound.contains(" 421 ") && rebound.contains("foreign_host"))
            let head =
                "POST / HTTP/1.1\r\nHost: localhost:\(port)\r\nContent-Length: 3\r\nConnection: close\r\nOrigin: "
            let crossed = try await answer(head + "http://evil\r\n\r\nabc", port: port)
            #expect(crossed.contains(" 403 ") && crossed.contains("foreign_origin"))
            let own = try await answer(head + "http://localhost:\(port)\r\n\r\nabc", port: port)
            #expect(own.contains(" 200 "))
        }
    }
}
