import Foundation
import Synchronization

@testable import HTTPServer

/// Runs a test against a server on a free port, and stops it afterwards.
func withServer(
    hostGuard: HostGuard? = nil, limits: ServerLimits = ServerLimits(), routes: (inout Router) -> Void,
    _ test: (_ port: Int) async throws -> Void
) async throws {
    var router = Router()
    routes(&router)
    let server = Server(
        router: router, listeners: [.tcp(host: "127.0.0.1", port: 0)], hostGuard: hostGuard, limits: limits
    )
    try server.start()
    do {
        try await test(server.boundPort ?? 0)
    } catch {
        await server.stop()
        throw error
    }
    await server.stop()
}

/// Something that happens once and is waited for.
final class Signal: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    func fire() {
        continuation.finish()
    }

    func wait() async {
        for await _ in stream {}
    }
}

extension Response {
    /// The body as text.
    func bodyText() async throws -> String {
        String(decoding: try await body.collect(), as: UTF8.self)
    }

    /// The `code` of a problem document.
    func problemCode() async throws -> String? {
        struct Document: Decodable { let code: String }
        return try JSONDecoder().decode(Document.self, from: Data(try await body.collect())).code
    }
}
