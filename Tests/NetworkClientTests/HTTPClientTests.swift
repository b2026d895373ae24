import Foundation
import HTTPServer
import Synchronization
import Testing

@testable import NetworkClient

/// The client against the server of the house.
@Suite struct HTTPClientTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "client-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private var socket: String { folder.appending(path: "s").path }

    private func withServer(
        _ routes: (inout Router) -> Void, _ test: (HTTPClient) async throws -> Void
    ) async throws {
        var router = Router()
        routes(&router)
        let server = Server(router: router, listeners: [.unixSocket(path: socket)])
        try server.start()
        try await test(HTTPClient(socketPath: socket))
        await server.stop()
    }

    private func file(_ bytes: [UInt8], claiming size: Int? = nil) throws -> FileUpload {
        let path = folder.appending(path: UUID().uuidString)
        try Data(bytes).write(to: path)
        let handle = try FileHandle(forReadingFrom: path)
        return FileUpload(descriptor: handle.fileDescriptor, size: size ?? bytes.count, owner: handle)
    }

    /// A blocking request in a thread that may block.
    private func send(
        _ client: HTTPClient, _ target: String, _ file: FileUpload? = nil
    ) async -> Result<HTTPAnswer, HTTPClientError> {
        await withCheckedContinuation { continuation in
            Thread {
                let result = Result { () throws(HTTPClientError) in try client.send(target, file: file) }
                continuation.resume(returning: result)
            }.start()
        }
    }

    @Test(arguments: [1, 70_000, 3_000_000]) func aFileArrivesAsItIs(size: Int) async throws {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let received = Mutex<[UInt8]>([])
        try await withServer { router in
            router.add(.post, "/in", maximumBody: 10_000_000) { request in
                let body = try await request.body.collect(upTo: 10_000_000)
                received.withLock { $0 = body }
                return .text(request.query.first("key") ?? "", status: .created)
            }
        } _: { client in
            let answer = try await send(client, "/in?key=a%20b", file(bytes)).get()
            #expect(answer == HTTPAnswer(status: 201, retryAfter: nil, body: Data("a b".utf8)))
            #expect(received.withLock { $0 == bytes })
        }
    }

    @Test func arefusalArrivesWithoutTheFile() async throws {
        try await withServer { router in
            router.add(.post, "/full", maximumBody: 10_000_000) { _ in
                .text("later", status: 429, headers: ["Retry-After": "7"])
            }
            router.add(.post, "/small", maximumBody: 10) { _ in .text("never") }
        } _: { client in
            let big = try file([UInt8](repeating: 1, count: 5_000_000))
            let full = try await send(client, "/full", big).get()
            #expect(full.status == 429)
            #expect(full.retryAfter == 7)
            #expect(try await send(client, "/small", big).get().status == 413)
        }
    }

    @Test func nobodyThereAndGoneInTheMiddleDiffer() async throws {
        let nobody = await send(HTTPClient(socketPath: socket), "/x?secret=1")
        #expect(throws: HTTPClientError.self) { try nobody.get() }
        guard case .failure(let error) = nobody else { return }
        #expect(error.kind == .unreachable)
        #expect(!error.description.contains("secret"))

        // A socket that takes the request and hangs up.
        let listener = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(socket.utf8.prefix(107))) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0 && listen(listener, 1) == 0)
        Thread {
            let connection = accept(listener, nil, nil)
            var buffer = [UInt8](repeating: 0, count: 100)
            _ = read(connection, &buffer, buffer.count)
            close(connection)
        }.start()
        guard case .failure(let broken) = await send(HTTPClient(socketPath: socket), "/x", try file([1, 2, 3])) else {
            Issue.record("an answer from nobody")
            return
        }
        #expect(broken.kind == .interrupted)
    }

    @Test func aFileThatHasBecomeShorterIsSaidToBe() async throws {
        try await withServer { router in
            router.add(.post, "/in", maximumBody: 10_000_000) { request in
                .text("\(try await request.body.collect(upTo: 10_000_000).count)")
            }
        } _: { client in
            let result = try await send(client, "/in", file([1, 2, 3], claiming: 2_000_000))
            guard case .failure(let error) = result else {
                Issue.record("a part was taken for the whole")
                return
            }
            #expect(error.kind == .fileChanged)
        }
    }
}
