import Foundation
import Testing

@testable import HTTPServer

@Suite struct ConnectionLimitTests {
    private func limits(_ connections: Int, perAddress: Int = 1_000) -> ServerLimits {
        var limits = ServerLimits()
        limits.connections = connections
        limits.connectionsPerAddress = perAddress
        limits.countsLoopback = true
        return limits
    }

    private func ask(_ path: String, port: Int, from source: String = "127.0.0.1") throws -> RawClient {
        let client = try RawClient(port: port, from: source)
        client.send("GET \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        return client
    }

    @Test func silentConnectionsStarveNobody() async throws {
        try await withServer(limits: limits(8)) { router in
            router.add(.get, "/") { _ in .text("fine") }
        } _: { port in
            let silent = try (0..<200).map { _ in try RawClient(port: port) }
            for _ in 0..<20 {
                let client = try ask("/", port: port)
                #expect(await client.readToEnd()?.hasSuffix("fine") == true)
            }
            // The first ones gave way.
            #expect(await silent[0].readToEnd() == "")
        }
    }

    @Test func whoIsRefusedIsToldAndServedOnceThereIsRoom() async throws {
        let everyone = Gathering(of: 4)
        let go = Signal()
        try await withServer(limits: limits(3)) { router in
            router.add(.get, "/wait") { _ in
                await everyone.join()
                await go.wait()
                return .text("done")
            }
            router.add(.get, "/") { _ in .text("fine") }
        } _: { port in
            let busy = try (0..<3).map { _ in try ask("/wait", port: port) }
            await everyone.join()
            for _ in 0..<10 {
                let client = try RawClient(port: port)
                let text = try #require(await client.readToEnd())
                #expect(text.hasPrefix("HTTP/1.1 503 ") && text.contains("\"code\":\"server_busy\""))
                #expect(text.contains("\r\nRetry-After: 1\r\n"))
            }
            go.fire()
            for client in busy { #expect(await client.readToEnd()?.hasSuffix("done") == true) }
            let again = try ask("/", port: port)
            #expect(await again.readToEnd()?.hasSuffix("fine") == true)
        }
    }

    @Test func oneAddressDoesNotStarveAnother() async throws {
        let everyone = Gathering(of: 3)
        let go = Signal()
        try await withServer(limits: limits(1_000, perAddress: 2)) { router in
            router.add(.get, "/wait") { _ in
                await everyone.join()
                await go.wait()
                return .text("done")
            }
            router.add(.get, "/") { _ in .text("fine") }
        } _: { port in
            let noisy = try (0..<2).map { _ in try ask("/wait", port: port, from: "127.0.0.2") }
            await everyone.join()
            let third = try RawClient(port: port, from: "127.0.0.2")
            let refused = try #require(await third.readToEnd())
            #expect(refused.hasPrefix("HTTP/1.1 429 ") && refused.contains("\"code\":\"too_many_connections\""))
            let other = try ask("/", port: port, from: "127.0.0.3")
            #expect(await other.readToEnd()?.hasSuffix("fine") == true)
            go.fire()
            for client in noisy { #expect(await client.readToEnd()?.hasSuffix("done") == true) }
            let again = try ask("/", port: port, from: "127.0.0.2")
            #expect(await again.readToEnd()?.hasSuffix("fine") == true)
        }
    }
}
