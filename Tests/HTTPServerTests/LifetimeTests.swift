import Testing

@testable import HTTPServer

@Suite struct LifetimeTests {
    @Test func aHandlerIsCancelledWhenItsClientLeaves() async throws {
        let started = Signal()
        let cancelled = Signal()
        try await withServer { router in
            router.add(.get, "/") { _ in
                started.fire()
                do {
                    try await Task.sleep(for: .seconds(600))
                } catch {
                    cancelled.fire()
                    throw error
                }
                return Response()
            }
            router.add(.get, "/after") { _ in .text("well") }
        } _: { port in
            let client = try RawClient(port: port)
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await started.wait()
            client.leave()
            await cancelled.wait()
            let other = try RawClient(port: port)
            other.send("GET /after HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(await other.readToEnd()?.hasSuffix("well") == true)
        }
    }

    @Test func aBodyThatBreaksOffIsInterrupted() async throws {
        let began = Signal()
        let failed = Signal()
        try await withServer { router in
            router.add(.put, "/", maximumBody: 100) { request in
                do {
                    for try await _ in request.body { began.fire() }
                } catch RequestBodyError.interrupted {
                    failed.fire()
                }
                return Response()
            }
        } _: { port in
            let client = try RawClient(port: port)
            client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nonly this")
            await began.wait()
            client.leave()
            await failed.wait()
        }
    }

    @Test func aStreamEndsWhenItsReaderLeaves() async throws {
        let ended = Signal()
        try await withServer { router in
            router.add(.get, "/") { _ in
                let body = StreamBody { writer in
                    defer { ended.fire() }
                    while true { try await writer.write([UInt8](repeating: 0x41, count: 10_000)) }
                }
                return Response(body: .stream(body))
            }
        } _: { port in
            let client = try RawClient(port: port)
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await client.read(until: "AAAA") != nil)
            client.leave()
            await ended.wait()
        }
    }

    @Test func manyClientsMayLeaveAtAnyMoment() async throws {
        try await withServer { router in
            router.add(.put, "/", maximumBody: 1_000_000) { request in
                var count = 0
                for try await chunk in request.body { count += chunk.count }
                try await Task.sleep(for: .milliseconds(count % 7))
                return Response(body: .stream(StreamBody { try await $0.write([UInt8](repeating: 0, count: 100_000)) }))
            }
        } _: { port in
            for number in 0..<150 {
                let client = try RawClient(port: port)
                client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n")
                client.send(String(repeating: "x", count: number * 5))
                client.leave()
            }
            let last = try RawClient(port: port)
            last.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx")
            #expect(await last.readToEnd()?.hasPrefix("HTTP/1.1 200") == true)
        }
    }

    /// The library would stop the whole program if a connection were still suspended.
    @Test func stoppingCancelsWhatStillRuns() async throws {
        let everyone = Gathering(of: 3)
        var limits = ServerLimits()
        limits.stopSeconds = 0
        let stream = AsyncStream<[UInt8]> { _ in }
        var clients: [RawClient] = []
        var router = Router()
        router.add(.get, "/sleep") { _ in
            await everyone.join()
            try await Task.sleep(for: .seconds(600))
            return Response()
        }
        router.add(.put, "/body", maximumBody: 100) { request in
            await everyone.join()
            return .text("\(try await request.body.collect(upTo: 100).count)")
        }
        router.add(.get, "/stream") { _ in Response(body: .stream(StreamBody(stream))) }
        let server = Server(router: router, listeners: [.tcp(host: "127.0.0.1", port: 0)], limits: limits)
        try server.start()
        for line in ["GET /sleep", "GET /stream", "PUT /body"] {
            let client = try RawClient(port: try #require(server.boundPort))
            client.send("\(line) HTTP/1.1\r\nHost: x\r\nContent-Length: \(line == "PUT /body" ? 50 : 0)\r\n\r\n")
            if line == "GET /stream" { _ = await client.read(until: "\r\n\r\n") }
            clients.append(client)
        }
        await everyone.join()
        await server.stop()
        for client in clients { #expect(await client.readToEnd() != nil) }
    }
}
