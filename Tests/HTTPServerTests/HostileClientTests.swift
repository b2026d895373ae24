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
            #expect(text.hasPrefix("HTTP/1.1 400"))
            #expect(!text.contains("fine"))
        }
    }

    @Test(arguments: [
        ("GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "400"),
        ("GET /a/../b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "400"),
        ("BREW / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "501"),
        ("GET / HTTP/1.0\r\n\r\n", "200"), ("POST / HTTP/1.0\r\nContent-Length: 3\r\n\r\nabc", "200"),
    ])
    func oddRequestsHaveTheirStatus(request: String, status: String) async throws {
        try await withServer(routes: routes) { port in
            let first = try #require(try await answer(request, port: port).split(separator: "\r\n").first)
            #expect(first.contains(" \(status) "))
        }
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

    @Test func tricklingHeadersEndInTime() async throws {
        var limits = ServerLimits()
        limits.headerSeconds = 0.3
        try await withServer(limits: limits, routes: routes) { port in
            let silent = try RawClient(port: port)
            let trickling = try RawClient(port: port)
            trickling.send("GET / HTTP/1.1\r\nHost: x\r\n")
            // The library's own timer would start anew with each of these; sent until the server hangs up.
            while trickling.send("X: y\r\n") { try await Task.sleep(for: .milliseconds(5)) }
            #expect(await silent.readToEnd() == "")
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
