import Domain
import Foundation
import HTTPServer
import Pipeline
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ReanalysisTests {
    private let api = TestAPI(analyzer: NewModel())
    private let reanalyses = "/api/v1/reanalyses"

    private func order(_ json: String) async throws -> TestAPI.Answer {
        try await api.ask(.post, reanalyses, body: Array(json.utf8))
    }

    /// Photos that were looked at by a model nobody knows.
    private func addAnalysed(_ keys: [String]) async throws -> [PhotoID] {
        var ids: [PhotoID] = []
        for key in keys {
            ids.append(try await api.add(key, key: key))
            try await api.settleNext([("Cat", 90)])
        }
        return ids
    }

    @Test(arguments: [
        (#"{"bukcet": "incoming"}"#, "bad_parameter", "There is no field “bukcet” in a re-analysis."),
        (#"{"bucket": 7}"#, "bad_parameter", "“bucket” takes the name of a bucket, not “7”."),
        (#"{"only": "some"}"#, "bad_parameter", "“only” takes stale or all, not “some”."),
        (#"[]"#, "bad_json", "The body is no JSON object. It takes a re-analysis"),
    ])
    func whatIsMisspeltStartsNothing(_ json: String, _ code: String, _ words: String) async throws {
        let answer = try await order(json)
        #expect(answer.status == 400)
        #expect(try answer.text("code") == code)
        let detail = try answer.text("detail")
        #expect(detail.hasPrefix(words), "\(detail)")
        #expect((try await api.ask(.get, reanalyses).object["reanalyses"] as? [Any])?.isEmpty == true)
    }

    @Test func oneIsStartedFollowedAndStopped() async throws {
        let ids = try await addAnalysed(["a", "b", "c"])
        #expect(try await api.ask(.get, reanalyses).object["stale"] as? Int == 3)
        let started = try await order(#"{"bucket": "incoming", "only": "all"}"#)
        #expect(started.status == 202)
        #expect(started.headers["Location"] == "/api/v1/reanalyses/1")
        #expect(try started.text("state") == "running")
        #expect(started.object["total"] as? Int == 3)
        #expect(try await order(#"{"bucket": "incoming", "only": "all"}"#).status == 200)
        let second = try await order("{}")
        #expect((second.status, try second.text("only"), try second.text("state")) == (202, "stale", "waiting"))

        _ = await api.catalog.topUpReanalyses(to: 2)
        let queue = try await api.ask(.get, "/api/v1/jobs").object
        #expect((queue["waiting"] as? Int, queue["background"] as? Int) == (0, 2))
        let jobs = try #require(queue["jobs"] as? [[String: Any]])
        #expect(jobs.map { $0["priority"] as? String } == ["background", "background"])
        let why = try await api.ask(.get, "/api/v1/photos/\(ids[2])/job")
        #expect(
            try why.text("why") == "It is done; it is looked at again in the background. It is the next in line.")
        #expect(try why.text("status") == "analysed")

        let lease = try #require(try await api.catalog.lease(for: .seconds(60)))
        #expect(try await api.catalog.settle(lease, as: .failed(Failure(.damaged, "It ends early."))))
        let one = try await api.ask(.get, "\(reanalyses)/1").object
        let failures = try #require(one["failures"] as? [[String: Any]])
        #expect(failures.map { $0["photo"] as? String } == [ids[2].description])
        #expect(
            try await api.ask(.get, "/api/v1/photos/\(ids[2])/job").text("why")
                == "It is done. When it was looked at again that failed, and what was known of it stays: It ends early."
        )

        let stopped = try await api.ask(.delete, "\(reanalyses)/1")
        #expect((stopped.status, try stopped.text("state")) == (200, "stopped"))
        #expect(try await api.ask(.delete, "\(reanalyses)/1").status == 200, "as often as one likes")
        let all = try #require(try await api.ask(.get, reanalyses).object["reanalyses"] as? [[String: Any]])
        #expect(all.map { $0["state"] as? String } == ["running", "stopped"])
    }

    @Test func whatMakesNoSenseIsRefused() async throws {
        #expect(try await order(#"{"bucket": "nowhere"}"#).text("code") == "unknown_bucket")
        #expect(try await order(#"{"only": "some"}"#).text("code") == "bad_parameter")
        #expect(try await order("stale").text("code") == "bad_json")
        for number in ["1", "x", "-1"] {
            let answer = try await api.ask(.get, "\(reanalyses)/\(number)")
            #expect((answer.status, try answer.text("code")) == (404, "unknown_reanalysis"))
        }
        let blind = try await TestAPI().ask(.post, reanalyses, body: Array("{}".utf8))
        #expect((blind.status, try blind.text("code")) == (409, "models_missing"))
    }

    @Test func onePhotoIsLookedAtAgainAndWaitedFor() async throws {
        let ids = try await addAnalysed(["a", "b"])
        let target = "/api/v1/photos/\(ids[0])/reanalyse"
        #expect(try await api.ask(.post, target).status == 202)
        let twice = try await api.ask(.post, target)
        #expect((twice.status, try twice.text("code")) == (409, "waits_already"))
        try await api.settleNext([("Dog", 90)])

        let lanes = api.lanes()
        await lanes.start()
        let failed = try await api.ask(.post, target + "?wait=30")
        #expect((failed.status, try failed.text("code")) == (422, "damaged"))
        #expect(try failed.text("detail") == "What was known of it stays. It ends early.")
        #expect(try await api.ask(.get, "/api/v1/photos/\(ids[0])").text("status") == "analysed")
        await lanes.stop()

        #expect(await api.catalog.erased(ids[1]))
        let erased = try await api.ask(.post, "/api/v1/photos/\(ids[1])/reanalyse")
        #expect((erased.status, try erased.text("code")) == (409, "original_erased"))
        let new = try await api.add("new", key: "new")
        let early = try await api.ask(.post, "/api/v1/photos/\(new)/reanalyse")
        #expect((early.status, try early.text("code")) == (409, "not_analysed"))
        #expect(try await api.ask(.post, "/api/v1/photos/\(PhotoID())/reanalyse").status == 404)
    }
}

/// A model that has looked at nothing so far.
private struct NewModel: Analyzer {
    func views(for kinds: Set<AnalysisKind>) -> [PictureView] { [] }

    func models(for kinds: Set<AnalysisKind>) -> [String: String] { ["labels": "new@1"] }

    func analyze(_ picture: DecodedPicture, for kinds: Set<AnalysisKind>) -> Analysis { Analysis(states: [:]) }
}
