import Foundation
import Synchronization
import Testing

@testable import HTTPServer

@Suite struct RouterTests {
    private func echo(_ name: String) -> @Sendable (Request) async throws -> Response {
        { request in
            let parameters = request.parameters.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
            return .text(([name] + parameters).joined(separator: " "))
        }
    }

    private var router: Router {
        var router = Router()
        router.add(.get, "/", echo("root"))
        router.add(.get, "/buckets", echo("list"))
        router.add(.get, "/buckets/{bucket}", echo("bucket"))
        router.add(.get, "/buckets/{bucket}/photos/{key...}", echo("photo"))
        router.add(.put, "/buckets/{bucket}/photos/{key...}", maximumBody: 10) { request in
            .text("\(try await request.body.collect(upTo: 10).count) bytes", status: .created)
        }
        router.add(.get, "/buckets/special", echo("special"))
        router.add(.get, "/pages/{path...}", echo("page"))
        return router
    }

    @Test(arguments: [
        ("/", "root"), ("/buckets", "list"), ("/buckets/a%20b", "bucket bucket=a b"), ("/buckets/special", "special"),
        ("/buckets/special/photos/x", "photo bucket=special key=x"),
        ("/buckets/b/photos/2024/a%2Fb//c.jpg", "photo bucket=b key=2024/a/b//c.jpg"), ("/pages/", "page path="),
        ("/pages/a/b.css", "page path=a/b.css"),
    ])
    func requestsFindTheirRoute(target: String, expected: String) async throws {
        let response = await router.respond(to: try Request(.get, target))
        #expect(try await response.bodyText() == expected)
    }

    @Test(arguments: ["/nowhere", "/buckets/", "/buckets/a/b", "/pages", "/buckets/b/photos"])
    func unknownPathsAreNotFound(_ target: String) async throws {
        let response = await router.respond(to: try Request(.get, target))
        #expect(response.status == .notFound)
        #expect(try await response.problemCode() == "unknown_path")
    }

    @Test func wrongMethodsAreToldWhatIsAllowed() async throws {
        let response = await router.respond(to: try Request(.delete, "/buckets/b/photos/k"))
        #expect(response.status == .methodNotAllowed)
        #expect(response.headers["Allow"] == "GET, HEAD, PUT, OPTIONS")
        let options = await router.respond(to: try Request(.options, "/buckets/b/photos/k"))
        #expect(options.status == .noContent)
        #expect(options.headers["Allow"] == "GET, HEAD, PUT, OPTIONS")
        #expect(options.headers["Content-Length"] == nil)
        let nowhere = await router.respond(to: try Request(.options, "/nowhere"))
        #expect(nowhere.status == .notFound)
    }

    @Test func headIsGetWithoutItsBody() async throws {
        let response = await router.respond(to: try Request(.head, "/buckets"))
        #expect(response.status == .ok)
        #expect(response.headers["Content-Length"] == "4")
        #expect(try await response.body.collect().isEmpty)
    }

    @Test func everyResponseCarriesItsHeaders() async throws {
        for target in ["/", "/nowhere"] {
            let request = try Request(.get, target)
            let response = await router.respond(to: request)
            #expect(response.headers["X-Request-Id"] == request.id)
            #expect(response.headers["X-Content-Type-Options"] == "nosniff")
            #expect(response.headers["Content-Length"] == String(try await response.body.collect().count))
        }
    }

    @Test func bodiesAreHeldToTheRoutesLimit() async throws {
        let target = "/buckets/b/photos/k"
        let fits = await router.respond(to: try Request(.put, target, body: RequestBody([1, 2, 3])))
        #expect(fits.status == .created)
        let declared = [UInt8](repeating: 0, count: 11)
        let refused = await router.respond(to: try Request(.put, target, body: RequestBody(declared)))
        #expect(refused.status == .contentTooLarge)
        // Not declared, as with chunked transfer: found out while reading.
        let body = RequestBody(BytesSource(declared), contentLength: nil)
        let cut = await router.respond(to: try Request(.put, target, body: body))
        #expect(cut.status == .contentTooLarge)
        #expect(try await cut.problemCode() == "body_too_large")
    }

    @Test func responsesAreReported() async throws {
        let observer = Observer()
        var router = router
        router.onResponse = { route, method, status, _ in
            observer.seen.withLock { $0.append("\(method.rawValue) \(route) \(status.rawValue)") }
        }
        for target in ["/buckets/x", "/nowhere"] { _ = await router.respond(to: try Request(.get, target)) }
        #expect(observer.seen.withLock { $0 } == ["GET /buckets/{bucket} 200", "GET - 404"])
    }

    private final class Observer: Sendable {
        let seen = Mutex<[String]>([])
    }
}
