import Foundation
import Testing

@testable import HTTPServer

@Suite struct FileTests {
    @Test(
        arguments: [
            (nil, .whole), ("bytes=0-3", .part(0..<4)), ("bytes=7-", .part(7..<10)), ("bytes=-3", .part(7..<10)),
            ("bytes=-99", .part(0..<10)), ("bytes=8-99", .part(8..<10)), ("bytes=9-9", .part(9..<10)),
            ("bytes=10-", .unsatisfiable), ("bytes=-0", .unsatisfiable), ("bytes=5-4", .whole), ("bytes=-", .whole),
            ("bytes=a-b", .whole), ("bytes=0-1,3-4", .whole), ("lines=0-1", .whole), ("bytes=+1-2", .whole),
            ("bytes=0-99999999999999999999", .whole),
        ] as [(String?, ByteRange)])
    func rangesAreRead(header: String?, expected: ByteRange) {
        #expect(ByteRange(header, size: 10) == expected)
    }

    @Test func emptyFilesHaveNoRanges() {
        #expect(ByteRange("bytes=0-", size: 0) == .unsatisfiable)
        #expect(ByteRange("bytes=-1", size: 0) == .unsatisfiable)
    }

    private let whole = Response.data(Array("0123456789".utf8), type: "text/plain")

    @Test func partsOfBytesAreServed() async throws {
        let response = whole.range(for: try Request(.get, "/", headers: ["Range": "bytes=2-4"]))
        #expect(response.status == .partialContent)
        #expect(response.headers["Content-Range"] == "bytes 2-4/10")
        #expect(try await response.bodyText() == "234")
        let outside = whole.range(for: try Request(.get, "/", headers: ["Range": "bytes=20-"]))
        #expect(outside.status == .rangeNotSatisfiable)
        #expect(outside.headers["Content-Range"] == "bytes */10")
    }

    @Test func partsOfFilesAreServed() async throws {
        let file = try TemporaryFile("0123456789")
        let body = FileBody(descriptor: file.descriptor, offset: 1, size: 8, owner: file)
        let request = try Request(.get, "/", headers: ["Range": "bytes=-3"])
        let response = Response.file(body, type: "text/plain").range(for: request)
        #expect(try await response.bodyText() == "678")
    }

    @Test func aRangeOfSomethingOlderGetsEverything() throws {
        let headers: Headers = ["Range": "bytes=2-4", "If-Range": "\"old\""]
        let request = try Request(.get, "/", headers: headers)
        #expect(whole.conditional(on: request, etag: "new").range(for: request).status == .ok)
        #expect(whole.conditional(on: request, etag: "old").range(for: request).status == .partialContent)
    }

    @Test(arguments: ["\"a\"", "\"x\", \"a\"", "W/\"a\"", "*", " \"x\" ,W/\"a\" "])
    func knownVersionsAreNotSentAgain(_ header: String) async throws {
        let request = try Request(.get, "/", headers: ["If-None-Match": header])
        let response = whole.conditional(on: request, etag: "a")
        #expect(response.status == .notModified)
        #expect(response.headers["ETag"] == "\"a\"")
        #expect(try await response.body.collect().isEmpty)
    }

    @Test func otherVersionsAreSent() throws {
        let request = try Request(.get, "/", headers: ["If-None-Match": "\"b\", a"])
        #expect(whole.conditional(on: request, etag: "a").status == .ok)
        let change = try Request(.put, "/", headers: ["If-None-Match": "\"a\""])
        #expect(whole.conditional(on: change, etag: "a").status == .ok)
    }
}
