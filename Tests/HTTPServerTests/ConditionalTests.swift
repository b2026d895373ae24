import Testing

@testable import HTTPServer

/// Ranges and conditions together, as caches and players ask.
@Suite struct ConditionalTests {
    private let content = Array("0123456789".utf8)

    private func ask(_ headers: Headers, _ method: HTTPServer.Method = .get) async throws -> Response {
        var router = Router()
        router.add(.get, "/") { [content] request in
            Response.data(content, type: "text/plain").conditional(on: request, etag: "v1").range(for: request)
        }
        return await router.respond(to: try Request(method, "/", headers: headers))
    }

    @Test func aRangeIsWhatASliceWouldBe() {
        for size in 0...6 {
            for first in 0...8 {
                let tail = ByteRange("bytes=\(first)-", size: size)
                #expect(tail == (first < size ? .part(first..<size) : .unsatisfiable))
                let suffix = ByteRange("bytes=-\(first)", size: size)
                let wanted = (0..<size).suffix(first)
                #expect(suffix == (wanted.isEmpty ? .unsatisfiable : .part(wanted.startIndex..<wanted.endIndex)))
                for last in 0...8 {
                    let wanted = (0..<size).filter { $0 >= first && $0 <= last }
                    let part = wanted.first.map { ByteRange.part($0..<($0 + wanted.count)) }
                    #expect(
                        ByteRange("bytes=\(first)-\(last)", size: size)
                            == (last < first ? .whole : part ?? .unsatisfiable))
                }
            }
        }
    }

    @Test func anUnsatisfiableRangeTellsTheSize() async throws {
        let response = try await ask(["Range": "bytes=10-"])
        #expect(response.status == .rangeNotSatisfiable)
        #expect(response.headers["Content-Range"] == "bytes */10")
        #expect(try await response.problemCode() == "range_not_satisfiable")
    }

    @Test func whatIsKnownIsNotSentInParts() async throws {
        let response = try await ask(["Range": "bytes=0-1", "If-None-Match": "\"v1\""])
        #expect(response.status == .notModified)
        #expect(response.headers["Content-Range"] == nil && response.headers["Content-Length"] == nil)
        #expect(try await response.body.collect().isEmpty)
    }

    @Test(arguments: [("\"v1\"", 206), ("\"v0\"", 200), ("W/\"v1\"", 200), ("Fri, 01 Jan 2100 00:00:00 GMT", 200)])
    func aRangeOfAnotherVersionIsTheWhole(_ condition: String, status: Int) async throws {
        let response = try await ask(["Range": "bytes=2-4", "If-Range": condition])
        #expect(response.status.rawValue == status)
        #expect(try await response.bodyText() == (status == 206 ? "234" : "0123456789"))
    }

    @Test func headTellsTheWholeAndIgnoresRanges() async throws {
        let response = try await ask(["Range": "bytes=2-4"], .head)
        #expect(response.status == .ok)
        #expect(response.headers["Content-Length"] == "10" && response.headers["ETag"] == "\"v1\"")
        #expect(try await response.body.collect().isEmpty)
        #expect(try await ask(["If-None-Match": "*"], .head).status == .notModified)
    }

    @Test(arguments: [
        "bytes=0-0,-1", "bytes=0-1, 3-4", "bytes=", "bytes", "bytes=1", "bytes=0-1-2", "bytes= 0-1", "chunks=0-1",
        "bytes=\(String(repeating: "9", count: 40))-", "bytes=0-\(String(repeating: "0,0-", count: 2_000))",
    ])
    func oddRangesGetTheWhole(_ range: String) async throws {
        let response = try await ask(["Range": range])
        #expect(response.status == .ok)
        #expect(try await response.bodyText() == "0123456789")
    }
}
