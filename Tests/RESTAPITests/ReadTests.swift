import Domain
import Foundation
import HTTPServer
import Testing

@Suite struct ReadTests {
    private let api = TestAPI()

    @Test func aPhotoIsShownWithinTheLimits() async throws {
        let id = try await api.add("x", key: "a.jpg")
        try await api.settleNext([("Animal", 99), ("Cat", 80), ("Sofa", 20)])
        let shown = try await api.ask(.get, "/api/v1/photos/\(id)")
        #expect(shown.status == 200)
        #expect(labels(shown.object) == ["Animal", "Cat"])
        #expect(labels(try await api.ask(.get, "/api/v1/photos/\(id)?minConfidence=10").object).count == 3)
        #expect(labels(try await api.ask(.get, "/api/v1/photos/\(id)?maxLabels=1").object) == ["Animal"])
        #expect(try await api.ask(.get, "/api/v1/photos/\(id)?minConfidence=101").status == 400)
    }

    private func labels(_ photo: [String: Any]) -> [String] {
        let analysis = photo["analysis"] as? [String: Any]
        return (analysis?["labels"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
    }

    @Test func theOriginalComesBackAsItWasSent() async throws {
        let id = try await api.add("original bytes", key: "a.jpg")
        let original = try await api.ask(.get, "/api/v1/photos/\(id)/original")
        #expect(original.bytes == TestAPI.jpeg("original bytes"))
        #expect(original.headers["Content-Type"] == "image/jpeg")
        let tag = try #require(original.headers["ETag"])
        let again = try await api.ask(
            .get, "/api/v1/photos/\(id)/original", headers: ["If-None-Match": tag])
        #expect(again.status == 304)
        let part = try await api.ask(.get, "/api/v1/photos/\(id)/original", headers: ["Range": "bytes=4-11"])
        #expect(part.status == 206)
        #expect(part.bytes == Array("original".utf8))
    }

    @Test func aDeletedPhotoIsGone() async throws {
        let id = try await api.add("x", key: "a.jpg")
        #expect(try await api.ask(.delete, "/api/v1/photos/\(id)").status == 204)
        for path in ["", "/original", "/thumbnail"] {
            #expect(try await api.ask(.get, "/api/v1/photos/\(id)\(path)").text("code") == "unknown_photo")
        }
        #expect(try await api.ask(.delete, "/api/v1/photos/\(id)").status == 404)
        #expect(await api.objects.photos(before: .distantFuture).isEmpty)
    }

    @Test(arguments: ["1", "..%2F..%2Fetc%2Fpasswd", "01890a5d-ac96-774b-bcce-b302099a8057"])
    func whatIsNoIDIsNoPhoto(_ id: String) async throws {
        #expect(try await api.ask(.get, "/api/v1/photos/\(id)").text("code") == "unknown_photo")
    }
}
