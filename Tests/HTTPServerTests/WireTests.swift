import Foundation
import Testing

@testable import HTTPServer

/// Answers that go past the library.
@Suite struct WireTests {
    private func text(_ response: Response, withBody: Bool = true) -> String? {
        response.wireBytes(withBody: withBody).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func aResponseIsWrittenWhole() {
        let response = Response.data(Array("{}".utf8), type: "a/b", status: .contentTooLarge, headers: ["X": "y"])
        let head = "HTTP/1.1 413 Content Too Large\r\nX: y\r\nContent-Type: a/b\r\nConnection: close\r\n\r\n"
        #expect(text(response) == head + "{}")
        #expect(text(response, withBody: false) == head)
    }

    @Test(arguments: ["a\r\nSet-Cookie: b", "a\nb", "a\0b", "\u{1B}[2J"]) func nothingIsSlippedIntoTheHead(
        _ value: String
    ) {
        let response = Response(.ok, headers: ["X": value, "Y\(value)": "y", "Z": "z"])
        #expect(text(response) == "HTTP/1.1 200 OK\r\nZ: z\r\nConnection: close\r\n\r\n")
    }

    @Test func whatIsNotAtHandIsNotWritten() throws {
        let file = try TemporaryFile("x")
        let body = FileBody(descriptor: file.descriptor, size: 1, owner: file)
        #expect(text(.file(body, type: "a/b")) == nil)
        #expect(text(Response(body: .stream(StreamBody { _ in }))) == nil)
    }

    @Test func aProblemTellsItsLengthAndItsRequest() throws {
        struct Document: Decodable { let code: String, instance: String }
        let problem = Problem(.requestTimeout, code: "late", "Too late. Ünd now?", headers: ["Retry-After": "1"])
        let text = String(decoding: problem.wireBytes(), as: UTF8.self)
        let halves = text.split(separator: "\r\n\r\n", maxSplits: 1)
        #expect(halves[0].hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
        #expect(halves[0].contains("Retry-After: 1") && halves[0].contains("Content-Length: \(halves[1].utf8.count)"))
        let document = try JSONDecoder().decode(Document.self, from: Data(halves[1].utf8))
        #expect(document.code == "late" && halves[0].contains("X-Request-Id: \(document.instance)"))
    }

    @Test(arguments: [
        (200, "OK"), (408, "Request Timeout"), (417, "Expectation Failed"), (431, "Request Header Fields Too Large"),
        (299, "OK"), (499, "Bad Request"), (599, "Internal Server Error"),
    ])
    func everyStatusHasItsPhrase(code: Int, phrase: String) {
        #expect(Status(rawValue: code).phrase == phrase)
    }
}
