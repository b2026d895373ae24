import Domain
import Foundation
import HTTPServer
import Pipeline
import Testing

@Suite struct JobTests {
    private let api = TestAPI()
    private let photos = "/api/v1/buckets/incoming/photos"

    private func fail(_ code: Failure.Code) async throws {
        let lease = try #require(try await api.catalog.lease(for: .seconds(60)))
        #expect(try await api.catalog.settle(lease, as: .failed(Failure(code, "It did not go."))))
    }

    @Test func theQueueTellsWhatComesFirst() async throws {
        _ = try await api.ask(.post, photos + "?key=batch&priority=batch", body: TestAPI.jpeg("x"))
        _ = try await api.add("y", key: "one")
        _ = try await api.ask(.post, photos + "?key=awaited&wait=0", body: TestAPI.jpeg("z"))
        let queue = try await api.ask(.get, "/api/v1/jobs?limit=2").object
        #expect(queue["waiting"] as? Int == 3)
        #expect(queue["paused"] as? Bool == false)
        let jobs = try #require(queue["jobs"] as? [[String: Any]])
        #expect(jobs.map { $0["key"] as? String } == ["awaited", "one"])
        #expect(jobs.map { $0["priority"] as? String } == ["awaited", "ordinary"])
        #expect(jobs.map { $0["why"] as? String } == ["It is the next in line.", "It waits behind one other."])
    }

    @Test func whyAPhotoIsNotDone() async throws {
        let id = try await api.add("x", key: "a")
        func why() async throws -> String { try await api.ask(.get, "/api/v1/photos/\(id)/job").text("why") }
        #expect(try await why() == "It is the next in line.")
        _ = try await api.ask(.post, "/api/v1/jobs/pause")
        #expect(try await why() == "The queue is paused. Resume it on the page, or by `fovea jobs resume`.")
        _ = try await api.ask(.post, "/api/v1/jobs/resume")
        let lease = try #require(try await api.catalog.lease(for: .seconds(60)))
        #expect(try await why() == "It is being looked at now.")
        await api.catalog.release(lease, because: .absence(reason: "The disk is full."))
        #expect(try await why() == "It rests for 5 s and is then tried again. Last time: The disk is full.")
        await api.catalog.release(lease, because: .crash(reason: "never counted"))
        #expect(try await api.ask(.get, "/api/v1/photos/\(PhotoID())/job").status == 404)
    }

    @Test func whyAPhotoFailed() async throws {
        let id = try await api.add("x", key: "a")
        try await fail(.damaged)
        let answer = try await api.ask(.get, "/api/v1/photos/\(id)/job")
        #expect(try answer.text("why") == "It did not go. `fovea jobs retry \(id)` tries again.")
        #expect(try answer.text("status") == "failed")
        #expect(answer.object["job"] == nil)
    }

    @Test func oneThatFailedIsTriedAgain() async throws {
        let id = try await api.add("x", key: "a")
        let early = try await api.ask(.post, "/api/v1/photos/\(id)/retry")
        #expect(early.status == 409)
        #expect(try early.text("code") == "not_failed")
        #expect(try await api.ask(.post, "/api/v1/photos/\(PhotoID())/retry").status == 404)

        try await fail(.damaged)
        let answer = try await api.ask(.post, "/api/v1/photos/\(id)/retry")
        #expect(answer.status == 202)
        #expect(try answer.text("status") == "queued")
    }

    @Test func thoseGivenUpAreTriedAgainOrAll() async throws {
        for (key, code) in [("a", Failure.Code.damaged), ("b", .decoderCrashed), ("c", .interrupted)] {
            _ = try await api.add(key, key: key)
            try await fail(code)
        }
        let failed = try await api.ask(.get, "/api/v1/photos?status=failed").photos()
        #expect(failed.map { $0["key"] as? String } == ["c", "b", "a"])
        #expect(try await api.ask(.post, "/api/v1/jobs/retry").object["retried"] as? Int == 2)
        #expect(try await api.ask(.get, "/api/v1/photos?status=failed").photos().count == 1)
        #expect(try await api.ask(.post, "/api/v1/jobs/retry?all=true").object["retried"] as? Int == 1)
        #expect(try await api.ask(.post, "/api/v1/jobs/retry?all=perhaps").status == 400)
        #expect(try await api.ask(.get, "/api/v1/photos?status=lost").status == 400)
    }

    @Test func beyondTheLimitOneIsAskedToComeAgain() async throws {
        let api = TestAPI(limits: IntakeLimits(waitingPhotos: 1))
        _ = try await api.add("x", key: "a")
        let refused = try await api.ask(.post, photos + "?key=b", body: TestAPI.jpeg("y"))
        #expect(refused.status == 429)
        #expect(try refused.text("code") == "queue_full")
        #expect(refused.headers["Retry-After"] == "10")
        let form = ["--b", #"Content-Disposition: form-data; name="f"; filename="c.jpg""#, "", "x", "--b--", ""]
        let many = try await api.ask(
            .post, photos, headers: ["Content-Type": "multipart/form-data; boundary=b"],
            body: Array(form.joined(separator: "\r\n").utf8))
        #expect(many.status == 429)
        try await api.settleNext([])
        #expect(try await api.ask(.post, photos + "?key=b", body: TestAPI.jpeg("y")).status == 201)
    }

    @Test func priorityIsOneOfTwoWords() async throws {
        let answer = try await api.ask(.post, photos + "?priority=urgent", body: TestAPI.jpeg("x"))
        #expect(answer.status == 400)
        #expect(try answer.text("code") == "bad_parameter")
    }
}
