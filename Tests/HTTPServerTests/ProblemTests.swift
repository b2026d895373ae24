import Foundation
import Testing

@testable import HTTPServer

@Suite struct ProblemTests {
    private struct Document: Decodable, Equatable {
        let type: String, title: String, status: Int, detail: String, code: String, instance: String
    }

    private struct Secret: Error {
        let password = "hunter2"
    }

    private func answer(to error: any Error & Sendable) async throws -> (Response, Document) {
        var router = Router()
        router.add(.get, "/") { _ in throw error }
        let response = await router.respond(to: try Request(.get, "/"))
        return (response, try JSONDecoder().decode(Document.self, from: Data(try await response.body.collect())))
    }

    @Test func thrownProblemsBecomeDocuments() async throws {
        let problem = Problem(.conflict, code: "taken", "The name \"a/b\" is taken.", headers: ["Retry-After": "5"])
        let (response, document) = try await answer(to: problem)
        #expect(response.status == .conflict)
        #expect(response.headers["Content-Type"] == "application/problem+json")
        #expect(response.headers["Retry-After"] == "5")
        let expected = Document(
            type: "about:blank", title: "Conflict", status: 409, detail: "The name \"a/b\" is taken.", code: "taken",
            instance: response.headers["X-Request-Id"] ?? ""
        )
        #expect(document == expected)
    }

    @Test func otherErrorsTellNothing() async throws {
        let (response, document) = try await answer(to: Secret())
        #expect(response.status == .internalServerError)
        #expect(document.code == "internal_error")
        #expect(try await !response.bodyText().contains("hunter2"))
    }

    @Test func knownErrorsHaveTheirStatus() async throws {
        #expect(try await answer(to: RequestBodyError.tooLarge(limit: 1)).0.status == .contentTooLarge)
        #expect(try await answer(to: RequestBodyError.interrupted).0.status == .badRequest)
        #expect(try await answer(to: MultipartError("x", "y")).0.status == .badRequest)
        #expect(try await answer(to: MultipartError("x", "y", isLimit: true)).0.status == .contentTooLarge)
        #expect(try await answer(to: CancellationError()).0.status == .serviceUnavailable)
    }
}
