import Testing

@testable import HTTPServer

@Suite struct SlowClientTests {
    private func routes(_ router: inout Router) {
        router.add(.put, "/read", maximumBody: 1_000) { .text("\(try await $0.body.collect(upTo: 1_000).count)") }
        router.add(.put, "/refuse", maximumBody: 1_000) { _ in throw Problem(.unauthorized, code: "no", "No.") }
    }

    private var limits: ServerLimits {
        var limits = ServerLimits()
        limits.bodySeconds = 0.3
        limits.lingerSeconds = 0.3
        return limits
    }

    /// Sends a piece again and again until the server hangs up; answers all that it said.
    private func drip(_ piece: String, after start: String, port: Int) async throws -> String {
        let client = try RawClient(port: port)
        client.send(start)
        // The library's own timer would start anew with each of these.
        while client.send(piece) { try await Task.sleep(for: .milliseconds(5)) }
        return try #require(await client.readToEnd())
    }

    @Test func headersThatTrickleEndInTime() async throws {
        var limits = limits
        limits.headerSeconds = 1
        try await withServer(limits: limits, routes: routes) { port in
            let silent = try RawClient(port: port)
            let text = try await drip("X: y\r\n", after: "GET / HTTP/1.1\r\nHost: x\r\n", port: port)
            #expect(text.hasPrefix("HTTP/1.1 408 ") && text.contains("\"code\":\"headers_too_slow\""))
            // Of one that asks nothing, nothing is known that could be answered.
            #expect(await silent.readToEnd() == "")
        }
    }

    @Test(arguments: [
        ("PUT /read", "Content-Length: 900", "x"), ("PUT /read", "Transfer-Encoding: chunked", "1\r\nx\r\n"),
        ("PUT /read", "Transfer-Encoding: chunked", "1;pad=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\nx\r\n"),
        ("PUT /read", "Expect: 100-continue\r\nContent-Length: 900", "x"),
    ])
    func bodiesThatTrickleEndInTime(_ line: String, framing: String, piece: String) async throws {
        try await withServer(limits: limits, routes: routes) { port in
            let start = "\(line) HTTP/1.1\r\nHost: x\r\n\(framing)\r\n\r\n"
            let text = try await drip(piece, after: start, port: port)
            #expect(text.contains("HTTP/1.1 408 ") && text.contains("\"code\":\"body_too_slow\""))
            #expect(text.contains("Connection: close"))
        }
    }

    @Test func aBodyThatNeverBeginsEndsInTime() async throws {
        try await withServer(limits: limits, routes: routes) { port in
            let client = try RawClient(port: port)
            client.send("PUT /read HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n")
            #expect(await client.readToEnd()?.hasPrefix("HTTP/1.1 408 ") == true)
        }
    }

    @Test func anAnswerThatIsThereAlreadyStands() async throws {
        try await withServer(limits: limits, routes: routes) { port in
            let text = try await drip(
                "x", after: "PUT /refuse HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n", port: port)
            #expect(text.hasPrefix("HTTP/1.1 401 "))
        }
    }

    @Test func manySlowBodiesAndOneOfAnotherClient() async throws {
        try await withServer(limits: limits, routes: routes) { port in
            let slow = try (0..<50).map { _ in
                let client = try RawClient(port: port)
                client.send("PUT /read HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx")
                return client
            }
            let other = try RawClient(port: port)
            other.send("PUT /read HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc")
            #expect(await other.readToEnd()?.hasSuffix("\r\n\r\n3") == true)
            for client in slow { #expect(await client.readToEnd()?.hasPrefix("HTTP/1.1 408 ") == true) }
        }
    }
}
