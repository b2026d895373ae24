import HTTPServer
import Testing
import WebApp

/// The answer of a router that has the web app's routes alone.
func served(_ path: String, _ method: Method = .get, headers: Headers = [:]) async throws -> Response {
    var router = Router()
    WebApp().addRoutes(to: &router)
    return await router.respond(to: try Request(method, path, headers: headers))
}

struct HeadersTests {
    @Test(arguments: ["/", "/scripts/app.js", "/styles/theme.css", "/favicon.svg", "/manifest.webmanifest"])
    func confinesThePage(path: String) async throws {
        let headers = try await served(path).headers
        let policy = try #require(headers["Content-Security-Policy"]).split(separator: "; ")
        #expect(policy.contains("default-src 'none'"))
        #expect(policy.contains("script-src 'self'"))
        #expect(policy.contains("style-src 'self'"))
        #expect(policy.contains("frame-ancestors 'none'"))
        #expect(policy.contains("base-uri 'none'"))
        #expect(!policy.contains { $0.contains("unsafe") || $0.contains("*") })
        #expect(headers["Referrer-Policy"] == "no-referrer")
        #expect(headers["Permissions-Policy"]?.contains("geolocation=()") == true)
        #expect(headers["X-Content-Type-Options"] == "nosniff")
    }

    @Test func isAskedAboutEachTimeButSentOnce() async throws {
        let first = try await served("/scripts/app.js")
        #expect(first.headers["Cache-Control"] == "no-cache")
        let tag = try #require(first.headers["ETag"])

        let again = try await served("/scripts/app.js", headers: ["If-None-Match": tag])
        #expect(again.status == .notModified)
        #expect(again.body.count == 0)
        #expect(again.headers["Content-Security-Policy"] != nil)

        let other = try await served("/scripts/api.js", headers: ["If-None-Match": tag])
        #expect(other.status == .ok)
        #expect(other.headers["ETag"] != tag)
    }

    @Test func answersHeadWithoutBody() async throws {
        let response = try await served("/", .head)
        #expect(response.status == .ok)
        #expect(response.body.count == 0)
        #expect(response.headers["Content-Length"].flatMap { Int($0) } ?? 0 > 1000)
    }

    @Test(arguments: ["/index.html", "/scripts", "/scripts/", "/scripts/none.js", "/favicon.ico", "/api/v1/photos"])
    func leavesOtherPathsAlone(path: String) async throws {
        #expect(try await served(path).status == .notFound)
    }

    @Test func cannotBeWritten() async throws {
        #expect(try await served("/", .post).status == .methodNotAllowed)
    }
}
