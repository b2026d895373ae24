import Domain
import Foundation
import HTTPServer
import Pipeline
import Testing

@Suite struct ErasureTests {
    private let api = TestAPI()

    private func put(_ retention: String) async throws {
        let body = Array(#"{"retention": "\#(retention)"}"#.utf8)
        #expect(try await api.ask(.patch, "/api/v1/buckets/incoming", body: body).status == 200)
    }

    @Test func anErasedPhotoKeepsItsResultsAndSaysWhyItIsGone() async throws {
        let id = try await api.add("x", key: "a.jpg")
        try await api.settleNext([("Cat", 90)])
        let kept = try await api.ask(.get, "/api/v1/photos/\(id)/original")
        #expect(kept.headers["Cache-Control"] == "private, max-age=31536000, immutable")
        try await put("days(1)")
        let passing = try await api.ask(.get, "/api/v1/photos/\(id)/thumbnail")
        #expect(passing.status == 200)
        #expect(passing.headers["Cache-Control"] == "no-store", "what is to go must not stay in browsers")

        try await put("delete-after-analysis")
        let before = try await api.ask(.get, "/api/v1/buckets/incoming/retention").object
        #expect(before["due"] as? Int == 1)
        #expect(before["kept"] as? Int == 1)
        await api.eraser.catchUp()
        let photo = try await api.ask(.get, "/api/v1/photos/\(id)")
        #expect(try photo.text("erasedAt").hasSuffix("Z"))
        #expect(((photo.object["analysis"] as? [String: Any])?["labels"] as? [Any])?.count == 1)
        for path in ["original", "thumbnail", "thumbnail?size=1440"] {
            let answer = try await api.ask(.get, "/api/v1/photos/\(id)/\(path)")
            #expect(answer.status == 410)
            #expect(try answer.text("code") == "erased")
            #expect(try answer.text("detail").contains("as the bucket “incoming” says (delete-after-analysis)"))
        }
        let after = try await api.ask(.get, "/api/v1/buckets/incoming/retention").object
        #expect(after["rule"] as? String == "delete-after-analysis")
        for (name, count) in ["photos": 1, "kept": 0, "erased": 1, "due": 0] {
            #expect(after[name] as? Int == count, "\(name)")
        }
        #expect((after["leftovers"] as? [Any])?.isEmpty == true)
        #expect(after["nextErasure"] == nil)

        let list = try await api.ask(.get, "/api/v1/photos?label=Cat").photos()
        #expect(list.count == 1)
        let again = try await api.ask(.post, "/api/v1/buckets/incoming/photos?key=a.jpg", body: TestAPI.jpeg("x"))
        #expect(again.status == 200, "the same bytes are the photo that is there")
        #expect(try await api.objects.kinds(of: id) == [])
        try await put("keep")
        let gone = try await api.ask(.get, "/api/v1/photos/\(id)/original")
        #expect(try gone.text("detail").contains("as the bucket “incoming” said then"))
    }

    @Test func leftoversAreLookedForInTheStore() async throws {
        let id = try await api.add("x", key: "a.jpg")
        try await api.settleNext([])
        try await put("delete-after-analysis")
        await api.eraser.catchUp()
        try await api.objects.put([1], as: ObjectKey(id, .thumbnail1440))
        let answer = try await api.ask(.get, "/api/v1/buckets/incoming/retention").object
        #expect(answer["leftovers"] as? [[String: String]] == [["photo": "\(id)", "kind": "thumbnail1440"]])
    }

    @Test func whenTheNextOneGoesIsTold() async throws {
        _ = try await api.add("x", key: "a.jpg")
        try await api.settleNext([])
        try await put("days(7)")
        let answer = try await api.ask(.get, "/api/v1/buckets/incoming/retention").object
        #expect(answer["due"] as? Int == 0)
        let next = try #require(answer["nextErasure"] as? String)
        let date = try Date(next, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        #expect(abs(date.timeIntervalSinceNow - 7 * 86_400) < 600)
    }

    @Test func aFailedPhotoThatIsErasedCannotBeTriedAgain() async throws {
        let id = try await api.add("x", key: "a.jpg")
        let lease = try #require(await api.catalog.lease(for: .seconds(60)))
        #expect(try await api.catalog.settle(lease, as: .failed(Failure(.damaged, "It ends early."))))
        try await put("delete-after-analysis")
        // Also not while it is about to go.
        for isGone in [false, true] {
            if isGone { await api.eraser.catchUp() }
            let answer = try await api.ask(.post, "/api/v1/photos/\(id)/retry")
            #expect(answer.status == 409)
            #expect(try answer.text("code") == "original_erased")
            #expect(try answer.text("detail").contains("Put it in again."))
        }
    }
}
