import Foundation
import Testing

@testable import HTTPServer

@Suite struct UnixSocketTests {
    private func withFolder(deep: Bool, _ test: (URL) async throws -> Void) async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        let folder = deep ? root.appending(path: String(repeating: "deep", count: 40)) : root
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        try await test(folder)
    }

    private func ask(_ path: String, _ request: String) async throws -> String {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let address = try UnixAddress(path: path)
        guard address.withPointer({ connect(descriptor, $0, $1) }) == 0 else { throw POSIXError(.ECONNREFUSED) }
        return await RawClient.aside {
            defer { close(descriptor) }
            _ = send(descriptor, request, request.utf8.count, 0)
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
            return String(decoding: handle.readDataToEndOfFile(), as: UTF8.self)
        }
    }

    private func server(_ path: String) -> Server {
        var router = Router()
        router.add(.get, "/") { .text("\($0.peer)") }
        return Server(router: router, listeners: [.unixSocket(path: path)], hostGuard: HostGuard())
    }

    @Test(arguments: [false, true]) func theSocketServesItsOwnerAlone(deep: Bool) async throws {
        try await withFolder(deep: deep) { folder in
            let path = folder.appending(path: "control.sock").path(percentEncoded: false)
            #expect((path.utf8.count > 107) == deep)
            let server = server(path)
            try server.start()
            // No guard here: the Host may be anything.
            let text = try await ask(path, "GET / HTTP/1.1\r\nHost: whatever\r\nConnection: close\r\n\r\n")
            #expect(text.hasSuffix("\r\n\r\nunixSocket"))
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(throws: ServerError.socketInUse(path: path)) { try self.server(path).start() }
            await server.stop()
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func aSocketLeftBehindIsReplacedAndAFileIsNot() async throws {
        try await withFolder(deep: false) { folder in
            let path = folder.appending(path: "control.sock").path(percentEncoded: false)
            let dead = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            let address = try UnixAddress(path: path)
            #expect(address.withPointer { bind(dead, $0, $1) } == 0)
            close(dead)
            let first = server(path)
            try first.start()
            await first.stop()
            try Data("precious".utf8).write(to: URL(filePath: path))
            #expect(throws: ServerError.self) { try server(path).start() }
            #expect(try Data(contentsOf: URL(filePath: path)) == Data("precious".utf8))
        }
    }
}
