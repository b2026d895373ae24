import Domain
import Foundation
import HTTPServer
import Pipeline
import Testing

/// What pages elsewhere, and people without an account, may do with a bucket.
@Suite struct PublicBucketTests {
    private let api = TestAPI()
    private let photos = "/api/v1/buckets/public/photos"
    private let friend: Headers = ["Host": "localhost", "Origin": "https://friend.example"]
    private let stranger: Headers = ["Host": "localhost", "Origin": "https://stranger.example"]

    private func setRules(_ change: (inout Bucket) -> Void) async throws {
        var bucket = try #require(Bucket.initial.first { $0.name == .public })
        bucket.origins = [try #require(WebOrigin("https://friend.example"))]
        change(&bucket)
        _ = await api.catalog.keep(bucket)
    }

    @Test func aListedPagePutsInAndReads() async throws {
        try await setRules { _ in }
        let answer = try await api.ask(.post, photos, headers: friend, body: TestAPI.jpeg("x"))
        #expect(answer.status == 201)
        #expect(answer.headers["Access-Control-Allow-Origin"] == "https://friend.example")
        let place = try #require(answer.headers["Location"])
        try await api.settleNext([("Cat", 90)])
        for path in [place, place + "?wait=1", place + "/thumbnail"] {
            let read = try await api.ask(.get, path, headers: friend)
            #expect(read.status == 200)
            #expect(read.headers["Access-Control-Allow-Origin"] == "https://friend.example")
            #expect(try await api.ask(.get, path, headers: stranger).status == 403)
        }
        for path in [place + "/original", "/api/v1/photos", "/api/v1/events"] {
            let read = await api.router.respond(to: try Request(.head, path, headers: friend))
            #expect(read.headers["Access-Control-Allow-Origin"] == nil)
        }
    }

    @Test func anotherPagePutsNothingIn() async throws {
        try await setRules { _ in }
        for headers in [stranger, ["Host": "localhost", "Origin": "null"]] {
            let answer = try await api.ask(.post, photos, headers: headers, body: TestAPI.jpeg("x"))
            #expect(try answer.text("code") == "foreign_origin")
        }
        #expect(try await api.ask(.get, "/api/v1/photos").photos().isEmpty)
    }

    @Test func photosOfOtherBucketsAreNotThere() async throws {
        try await setRules { _ in }
        let id = try await api.add("x", key: "mine.jpg")
        for path in ["/api/v1/photos/\(id)", "/api/v1/photos/\(PhotoID())", "/api/v1/photos/nonsense"] {
            #expect(try await api.ask(.get, path, headers: friend).text("code") == "foreign_origin")
        }
        #expect(
            try await api.ask(.post, "/api/v1/buckets/nowhere/photos", headers: friend).text("code") == "foreign_origin"
        )
    }

    @Test func everyPageIsEvenOneWithoutAnOrigin() async throws {
        try await setRules { $0.origins = [.any] }
        for origin in ["null", "https://stranger.example"] {
            let headers: Headers = ["Host": "localhost", "Origin": origin]
            let answer = try await api.ask(.post, photos, headers: headers, body: TestAPI.jpeg(origin))
            #expect(answer.headers["Access-Control-Allow-Origin"] == origin)
        }
    }

    @Test func aPageReadsWhyItsPictureIsRefused() async throws {
        try await setRules { $0.allowance = UploadAllowance(perMinute: 2, perDay: 100) }
        let refusals: [(Int, String, [UInt8])] = [
            (415, "not_an_image", Array("hello".utf8)), (413, "file_too_large", [UInt8](repeating: 1, count: 1001)),
        ]
        for (status, code, body) in refusals {
            let answer = try await api.ask(.post, photos, headers: friend, body: body)
            #expect(answer.status == status)
            #expect(try answer.text("code") == code)
            #expect(answer.headers["Access-Control-Allow-Origin"] == "https://friend.example")
        }
    }

    @Test func oneAddressHasItsAllowanceWhateverComes() async throws {
        try await setRules { $0.allowance = UploadAllowance(perMinute: 2, perDay: 100) }
        let (one, other) = (Peer.network("192.0.2.1"), Peer.network("192.0.2.2"))
        #expect(try await api.ask(.post, photos, body: TestAPI.jpeg("1"), peer: one).status == 201)
        #expect(try await api.ask(.post, photos, body: Array("hello".utf8), peer: one).status == 415)
        let answer = try await api.ask(.post, photos, headers: friend, body: TestAPI.jpeg("2"), peer: one)
        #expect(answer.status == 429)
        #expect(try answer.text("code") == "rate_limited")
        #expect(["29", "30"].contains(answer.headers["Retry-After"]))
        #expect(answer.headers["Access-Control-Allow-Origin"] == "https://friend.example")
        #expect(try await api.ask(.post, photos, body: TestAPI.jpeg("3"), peer: other).status == 201)
        for peer in [Peer.unixSocket, .inProcess] {
            for tail in ["4", "5", "6"] {
                #expect(try await api.ask(.post, photos, body: TestAPI.jpeg(tail), peer: peer).status == 201)
            }
        }
        for tail in ["7", "8", "9"] {
            let target = "/api/v1/buckets/incoming/photos"
            #expect(try await api.ask(.post, target, body: TestAPI.jpeg(tail), peer: one).status == 201)
        }
    }

    @Test func theFilesOfAFormAreCountedOneByOne() async throws {
        try await setRules { $0.allowance = UploadAllowance(perMinute: 100, perDay: 2) }
        let one = Peer.network("2001:db8::1")
        let answer = try await form(["a", "b", "c"], from: one)
        #expect(answer.status == 201)
        let photos = try answer.photos()
        #expect(photos.map { $0["status"] as? String } == ["queued", "queued", "failed"])
        #expect((photos[2]["error"] as? [String: String])?["code"] == "quota_exceeded")
        let next = try await form(["d"], from: .network("2001:db8::2"))
        #expect(next.status == 429)
        #expect(try next.text("code") == "quota_exceeded")
        #expect(try #require(Int(next.headers["Retry-After"] ?? "")) > 86_000)
        #expect(try await form(["e"], from: .network("2001:db8:1::1")).status == 201)
    }

    @Test func whatThereIsNoRoomForIsNotCounted() async throws {
        let api = TestAPI(limits: IntakeLimits(fileBytes: 1000, waitingPhotos: 0))
        var bucket = try #require(Bucket.initial.first { $0.name == .public })
        bucket.allowance = UploadAllowance(perMinute: 1, perDay: 1)
        _ = await api.catalog.keep(bucket)
        for _ in 0..<3 {
            let answer = try await api.ask(.post, photos, body: TestAPI.jpeg("1"), peer: .network("192.0.2.1"))
            #expect(try answer.text("code") == "queue_full")
        }
    }

    private func form(_ files: [String], from peer: Peer) async throws -> TestAPI.Answer {
        let parts = files.map { name in
            Array("--edge\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\(name)\"\r\n\r\n".utf8)
                + TestAPI.jpeg(name) + Array("\r\n".utf8)
        }
        return try await api.ask(
            .post, photos, headers: ["Content-Type": "multipart/form-data; boundary=edge"],
            body: parts.flatMap { $0 } + Array("--edge--\r\n".utf8), peer: peer)
    }
}
