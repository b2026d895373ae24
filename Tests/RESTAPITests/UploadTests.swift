import Domain
import Foundation
import HTTPServer
import Pipeline
import Testing

@Suite struct UploadTests {
    private let api = TestAPI()
    private let photos = "/api/v1/buckets/incoming/photos"

    @Test func aBodyBecomesAPhoto() async throws {
        let answer = try await api.ask(.post, photos + "?key=a%2Fb.jpg", body: TestAPI.jpeg("x"))
        #expect(answer.status == 201)
        #expect(try answer.text("status") == "queued")
        #expect(try answer.text("key") == "a/b.jpg")
        #expect(answer.headers["Location"] == "/api/v1/photos/\(try answer.text("id"))")
    }

    @Test func theSameAgainIs200() async throws {
        let id = try await api.add("x", key: "a")
        let again = try await api.ask(.post, photos + "?key=a", body: TestAPI.jpeg("x"))
        #expect(again.status == 200)
        #expect(try again.text("id") == id.description)
    }

    @Test func waitingInVainIs202() async throws {
        let answer = try await api.ask(.post, photos + "?wait=0", body: TestAPI.jpeg("x"))
        #expect(answer.status == 202)
        #expect(try answer.text("status") == "queued")
    }

    @Test func waitingUntilItIsSettledIs201() async throws {
        let lanes = api.lanes()
        await lanes.start()
        let answer = try await api.ask(.post, photos + "?wait=30", body: TestAPI.jpeg("x"))
        #expect(answer.status == 201)
        #expect(try answer.text("status") == "failed")
        #expect((answer.object["error"] as? [String: String])?["code"] == "damaged")
        await lanes.stop()
    }

    @Test(arguments: [
        ("/api/v1/buckets/nowhere/photos", "x", 404, "unknown_bucket"),
        ("/api/v1/buckets/incoming/photos?wait=soon", "x", 400, "bad_parameter"),
        ("/api/v1/buckets/incoming/photos?wait=61", "x", 400, "bad_parameter"),
        ("/api/v1/buckets/incoming/photos?key=a%0Ab", "x", 400, "bad_parameter"),
        ("/api/v1/buckets/incoming/photos", String(repeating: "x", count: 1000), 413, "file_too_large"),
    ])
    func mistakesAreNamed(_ target: String, _ tail: String, _ status: Int, _ code: String) async throws {
        let answer = try await api.ask(.post, target, body: TestAPI.jpeg(tail))
        #expect(answer.status == status)
        #expect(try answer.text("code") == code)
        #expect(answer.headers["Content-Type"] == "application/problem+json")
        #expect(await api.objects.photos(before: .distantFuture).isEmpty)
    }

    @Test func whatIsNoPictureIsRefusedAtTheDoor() async throws {
        let pdf = try await api.ask(.post, photos, body: Array("%PDF-1.7 …".utf8))
        #expect(pdf.status == 415)
        #expect(try pdf.text("code") == "unsupported_format")
        let empty = try await api.ask(.post, photos)
        #expect(empty.status == 400)
        #expect(try empty.text("code") == "empty_body")
    }

    @Test func aFormMayHoldManyFilesAndOneBadOneStopsNone() async throws {
        let answer = try await form([
            ("a.jpg", TestAPI.jpeg("1")), ("b.txt", Array("hello".utf8)), ("c.jpg", TestAPI.jpeg("3")),
        ])
        #expect(answer.status == 201)
        let photos = try answer.photos()
        #expect(photos.map { $0["status"] as? String } == ["queued", "failed", "queued"])
        #expect(photos.map { ($0["key"] ?? $0["file"]) as? String } == ["a.jpg", "b.txt", "c.jpg"])
        #expect((photos[1]["error"] as? [String: String])?["code"] == "not_an_image")

        #expect(try await form([("a.jpg", TestAPI.jpeg("1"))]).status == 200)
        #expect(try await form([("b.txt", Array("hello".utf8))]).status == 422)
        #expect(try await form([]).text("code") == "no_files")
    }

    private func form(_ files: [(String, [UInt8])]) async throws -> TestAPI.Answer {
        var body: [UInt8] = []
        for (name, bytes) in files {
            body += Array("--edge\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\(name)\"\r\n\r\n".utf8)
            body += bytes + Array("\r\n".utf8)
        }
        body += Array("--edge--\r\n".utf8)
        return try await api.ask(
            .post, photos, headers: ["Content-Type": "multipart/form-data; boundary=edge"], body: body)
    }
}
