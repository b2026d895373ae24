import Foundation
import FoundationNetworking
import Testing

@testable import HTTPServer

@Suite struct ServerTests {
    private func fetch(
        _ port: Int, _ path: String, method: String = "GET", body: Data? = nil, headers: [String: String] = [:]
    ) async throws -> (text: String, response: HTTPURLResponse) {
        var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(port)\(path)")))
        request.httpMethod = method
        request.httpBody = body
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await URLSession.shared.data(for: request)
        return (String(decoding: data, as: UTF8.self), try #require(response as? HTTPURLResponse))
    }

    @Test func requestsReachTheirHandler() async throws {
        try await withServer { router in
            router.add(.post, "/things/{name}", maximumBody: 1_000) { request in
                let body = String(decoding: try await request.body.collect(upTo: 1_000), as: UTF8.self)
                let parts = [request.parameters["name"], request.query.first("q"), request.headers["X-Test"], body]
                return .text(parts.map { $0 ?? "-" }.joined(separator: "|") + "|\(request.peer)", status: .created)
            }
        } _: { port in
            let (text, response) = try await fetch(
                port, "/things/a%2Fb?q=c+d", method: "POST", body: Data("hello".utf8), headers: ["X-Test": "yes"]
            )
            #expect(text == "a/b|c d|yes|hello|network(\"127.0.0.1\")")
            #expect(response.statusCode == 201)
            #expect(response.value(forHTTPHeaderField: "X-Request-Id")?.count == 16)
            #expect(response.value(forHTTPHeaderField: "Content-Length") == String(text.utf8.count))
        }
    }

    @Test func manyRequestsAreServedAtOnce() async throws {
        let everyone = Gathering(of: 40)
        try await withServer { router in
            router.add(.get, "/{number}") { request in
                await everyone.join()
                return .text(request.parameters["number"] ?? "")
            }
        } _: { port in
            let clients = try (0..<40).map { number in
                let client = try RawClient(port: port)
                client.send("GET /\(number) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                return client
            }
            for (number, client) in clients.enumerated() {
                #expect(await client.readToEnd()?.hasSuffix("\r\n\r\n\(number)") == true)
            }
        }
    }

    @Test func headKeepsTheLengthAndTheConnection() async throws {
        try await withServer { router in
            router.add(.get, "/") { _ in .text("12345") }
        } _: { port in
            let client = try RawClient(port: port)
            client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
            let head = try #require(await client.read(until: "\r\n\r\n"))
            #expect(head.contains("Content-Length: 5\r\n"))
            client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            let rest = try #require(await client.readToEnd())
            #expect(rest.hasPrefix("HTTP/1.1 200") && rest.hasSuffix("\r\n\r\n12345"))
        }
    }

    @Test func filesAndTheirPartsAreSentAndTheirOwnersLetGo() async throws {
        let closed = Signal()
        try await withServer { router in
            router.add(.get, "/") { request in
                let file = try TemporaryFile("0123456789") { closed.fire() }
                let body = FileBody(descriptor: file.descriptor, size: file.size, owner: file)
                return Response.file(body, type: "text/plain").range(for: request)
            }
        } _: { port in
            #expect(try await fetch(port, "/").text == "0123456789")
            await closed.wait()
            let (text, response) = try await fetch(port, "/", headers: ["Range": "bytes=3-5"])
            #expect(text == "345")
            #expect(response.statusCode == 206)
        }
    }

    @Test func streamsAreSentAsTheyCome() async throws {
        let (events, source) = AsyncStream<[UInt8]>.makeStream()
        try await withServer { router in
            router.add(.get, "/") { _ in Response(body: .stream(StreamBody(events))) }
        } _: { port in
            let client = try RawClient(port: port)
            client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            _ = await client.read(until: "\r\n\r\n")
            for event in ["one;", "two;"] {
                source.yield(Array(event.utf8))
                #expect(await client.read(until: event) != nil)
            }
            source.finish()
            #expect(await client.readToEnd() != nil)
        }
    }

    @Test func aStreamThatFailsIsCutAndNotEnded() async throws {
        struct Broken: Error {}
        try await withServer { router in
            router.add(.get, "/") { _ in
                Response(
                    body: .stream(
                        StreamBody { writer in
                            try await writer.write(Array("part".utf8))
                            throw Broken()
                        }))
            }
        } _: { port in
            let client = try RawClient(port: port)
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            // A complete chunked body would end with an empty chunk.
            #expect(await client.readToEnd()?.hasSuffix("0\r\n\r\n") == false)
        }
    }

    @Test func onlyOneServerGetsAPort() async throws {
        try await withServer { _ in
        } _: { port in
            let second = Server(router: Router(), listeners: [.tcp(host: "127.0.0.1", port: port)])
            let error = try #require(throws: ServerError.self) { try second.start() }
            #expect(error == .portInUse(host: "127.0.0.1", port: port))
            #expect(error.description.contains("\(port)"))
            #expect(second.boundPort == nil)
        }
    }

    @Test func aServerStopsAndStartsAgain() async throws {
        var router = Router()
        router.add(.get, "/") { _ in .text("here") }
        let server = Server(router: router, listeners: [.tcp(host: "localhost", port: 0)])
        for _ in 0..<3 {
            try server.start()
            try server.start()
            let port = try #require(server.boundPort)
            #expect(try await fetch(port, "/").text == "here")
            await server.stop()
            #expect(throws: (any Error).self) { try RawClient(port: port) }
        }
    }

    @Test(arguments: ["not a host", "256.1.1.1"]) func unknownHostsAreNamed(_ host: String) throws {
        let server = Server(router: Router(), listeners: [.tcp(host: host, port: 0)])
        let error = try #require(throws: ServerError.self) { try server.start() }
        #expect(error.description.contains(host))
    }
}
