import Foundation
import Testing

@testable import HTTPServer

@Suite struct ListenerTests {
    @Test(arguments: [-1, 65_536]) func portsHaveARange(_ port: Int) throws {
        let error = try #require(throws: ServerError.self) { try Listener.tcp(host: "127.0.0.1", port: port).open() }
        #expect(error.description.contains("0 to 65535"))
    }

    @Test func aPathWithoutAFolderIsNamed() throws {
        for name in ["x.sock", String(repeating: "long", count: 40) + "/x.sock"] {
            let path = "/nonexistent/\(name)"
            let error = try #require(throws: ServerError.self) { try Listener.unixSocket(path: path).open() }
            #expect(error.description.contains(path))
        }
    }

    @Test func aNameMayBeTooLong() throws {
        let path = FileManager.default.temporaryDirectory.path + "/" + String(repeating: "n", count: 200)
        let error = try #require(throws: ServerError.self) { try Listener.unixSocket(path: path).open() }
        #expect(error.description.contains("shorter"))
    }

    @Test func aServerThatCannotListenEverywhereListensNowhere() throws {
        let first = try Listener.tcp(host: "127.0.0.1", port: 0).open()
        let port = try #require(first.port)
        let server = Server(
            router: Router(), listeners: [.unixSocket(path: "/nonexistent/x"), .tcp(host: "127.0.0.1", port: port)])
        #expect(throws: ServerError.self) { try server.start() }
        #expect(server.boundPort == nil)
    }

    @Test func oneServerMayListenInSeveralPlaces() async throws {
        let server = Server(
            router: Router(), listeners: [.tcp(host: "127.0.0.1", port: 0), .tcp(host: "localhost", port: 0)])
        try server.start()
        let client = try RawClient(port: try #require(server.boundPort))
        client.send("GET / HTTP/1.0\r\n\r\n")
        #expect(await client.readToEnd()?.hasPrefix("HTTP/1.1 404 ") == true)
        await server.stop()
    }
}
