import Domain
import Foundation
import HTTPServer
import Testing

struct AlertTests {
    private let api = TestAPI()

    private func put(_ name: String, _ json: String) async throws -> TestAPI.Answer {
        try await api.ask(.put, "/api/v1/alerts/\(name)", body: Array(json.utf8))
    }

    private let cars = #"{"condition": {"kind": "label", "name": "Car", "minConfidence": 80}"#

    @Test func aRuleIsKeptShownAndForgotten() async throws {
        let created = try await put("my%20cars", cars + #", "notify": ["owner", "owner"], "quiet": 600}"#)
        #expect(created.status == 201)
        #expect(try created.text("name") == "my cars" && created.text("words") == "label Car ≥ 80")
        #expect(created.object["notify"] as? [String] == ["owner"] && created.object["quiet"] as? Int == 600)
        #expect(created.object["spoken"] as? Int == 0 && created.object["lastSpoke"] == nil)
        let changed = try await put("my%20cars", cars + #", "bucket": "private"}"#)
        #expect(changed.status == 200)
        #expect(try changed.text("bucket") == "private" && changed.object["notify"] as? [String] == [])
        let list = try await api.ask(.get, "/api/v1/alerts")
        #expect((list.object["alerts"] as? [[String: Any]])?.count == 1)
        #expect(try await api.ask(.get, "/api/v1/alerts/my%20cars").text("bucket") == "private")
        #expect(try await api.ask(.delete, "/api/v1/alerts/my%20cars").status == 204)
        let gone = try await api.ask(.delete, "/api/v1/alerts/my%20cars")
        #expect(gone.status == 404)
        #expect(try gone.text("code") == "unknown_alert")
        #expect(try await api.ask(.get, "/api/v1/alerts/my%20cars").status == 404)
    }

    @Test func theStateTellsWhatItDid() async throws {
        _ = try await put("cars", cars + #", "quiet": 600}"#)
        for key in ["a", "b", "c"] {
            _ = try await api.add(key, key: key)
            try await api.settleNext([("Car", 90)])
        }
        let alert = try await api.ask(.get, "/api/v1/alerts/cars")
        #expect(alert.object["spoken"] as? Int == 1 && alert.object["silent"] as? Int == 2)
        #expect(try alert.text("lastSpoke").hasSuffix("Z"))
    }

    @Test(arguments: [
        (#"{"#, 400, "bad_json", "not the JSON"),
        (#"[]"#, 400, "bad_json", "not the JSON"),
        (#"{}"#, 422, "bad_alert", "“condition” is missing"),
        (#"{"condition": {"kind": "label", "name": "Car"}}"#, 422, "bad_alert", "“minConfidence” is missing"),
        (#"{"condition": {"kind": "faces", "atLeast": 0}}"#, 422, "bad_alert", "from 1 to 1000"),
        (#"{"condition": {"kind": "faces", "atLeast": "3"}}"#, 422, "bad_alert", "“condition.atLeast”"),
        (
            #"{"condition": {"kind": "smell"}}"#, 422, "bad_alert",
            "“kind” takes label, moderation, text or faces, not “smell”."
        ),
        (#"{"condition": {"kind": "faces", "atLeast": 3, "name": "x"}}"#, 422, "bad_alert", "has no “name”"),
        (#"{"condition": {"kind": "moderation", "minConfidence": 60, "nmae": "x"}}"#, 422, "bad_alert", "“nmae”"),
        (#"{"condition": {"kind": "faces", "atLeast": 3}, "quiet": -1}"#, 422, "bad_alert", "“quiet” takes seconds"),
        (#"{"condition": {"kind": "faces", "atLeast": 3}, "quiet": 31622401}"#, 422, "bad_alert", "“quiet” takes"),
        (#"{"condition": {"kind": "faces", "atLeast": 3}, "notify": ["?"]}"#, 422, "bad_alert", "“notify.0”"),
        (#"{"condition": {"kind": "faces", "atLeast": 3}, "buckets": "x"}"#, 422, "bad_alert", "it has no “buckets”"),
        (#"{"condition": {"kind": "faces", "atLeast": 3}, "bucket": "x"}"#, 422, "bad_alert", "“bucket”"),
        (
            #"{"condition": {"kind": "faces", "atLeast": 3}, "bucket": "nowhere"}"#, 404, "unknown_bucket",
            "“nowhere”. There are: images, "
        ),
    ])
    func whatIsWrongIsNamed(_ json: String, _ status: Int, _ code: String, _ words: String) async throws {
        for answer in [
            try await put("x", json), try await api.ask(.post, "/api/v1/alerts/try", body: Array(json.utf8)),
        ] {
            #expect(answer.status == status)
            #expect(try answer.text("code") == code)
            let detail = try answer.text("detail")
            #expect(detail.contains(words), "\(detail)")
        }
        #expect(await api.catalog.alerts().isEmpty)
    }

    @Test func whatWasReadCanBeSentBack() async throws {
        _ = try await put("cars", cars + #", "bucket": "incoming", "notify": ["owner"], "quiet": 600}"#)
        _ = try await api.add("a", key: "a")
        try await api.settleNext([("Car", 90)])
        let read = try await api.ask(.get, "/api/v1/alerts/cars")
        #expect(read.object["lastSpoke"] != nil)
        let again = try await api.ask(.put, "/api/v1/alerts/cars", body: read.bytes)
        #expect(again.status == 200)
        #expect(again.object as NSDictionary == read.object as NSDictionary)
    }

    @Test func aNameThatIsNoneIsRefused() async throws {
        let answer = try await put("%20x", cars + "}")
        #expect(answer.status == 422)
        #expect(try answer.text("detail").contains("1 to 64 characters"))
    }

    @Test func aRuleIsTriedOnThePastBeforeItIsSaved() async throws {
        for (key, label) in [("a", "Car"), ("b", "Tree"), ("c", "Car"), ("d", "Car")] {
            _ = try await api.add(key, key: key)
            try await api.settleNext([(label, 90)])
        }
        let answer = try await api.ask(.post, "/api/v1/alerts/try?limit=2", body: Array((cars + "}").utf8))
        #expect(answer.status == 200)
        #expect(answer.object["matches"] as? Int == 3 && answer.object["looked"] as? Int == 4)
        #expect(answer.object["more"] as? Bool == false)
        #expect(try answer.photos().map { $0["key"] as? String } == ["d", "c"])
        let elsewhere = Array((cars + #", "bucket": "private"}"#).utf8)
        #expect(try await api.ask(.post, "/api/v1/alerts/try", body: elsewhere).object["looked"] as? Int == 0)
        #expect(await api.catalog.alerts().isEmpty)
        #expect(await api.catalog.outboxDepth().waiting == 0)
    }
}
