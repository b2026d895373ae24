import Domain
import Foundation
import HTTPServer
import Testing

@Suite struct BucketTests {
    private let api = TestAPI()
    private let place = "/api/v1/buckets/driveway"

    private func ask(_ method: String, _ body: String) async throws -> TestAPI.Answer {
        try await api.ask(method == "PUT" ? .put : .patch, place, body: Array(body.utf8))
    }

    @Test func theFirstBucketsAreListedWithTheirRulesAndWhatTheyHold() async throws {
        _ = try await api.add("x", key: "a.jpg")
        let answer = try await api.ask(.get, "/api/v1/buckets")
        let buckets = try #require(answer.object["buckets"] as? [[String: Any]])
        #expect(buckets.compactMap { $0["name"] as? String } == ["images", "incoming", "private", "public"])
        #expect(
            buckets.compactMap { $0["retention"] as? String }
                == ["keep", "keep", "delete-after-analysis", "delete-after-analysis"])
        let holds = buckets.map { $0["holds"] as? [String: Int] }
        let nothing = ["photos": 0, "originals": 0, "originalBytes": 0, "due": 0, "later": 0]
        let one = ["photos": 1, "originals": 1, "originalBytes": 5, "due": 0, "later": 0]
        #expect(holds == [nothing, one, nothing, nothing])
    }

    @Test func aBucketIsMadeReplacedChangedAndRemoved() async throws {
        let made = try await ask("PUT", #"{"retention": "days(30)", "analyses": ["labels"], "notify": ["owner"]}"#)
        #expect(made.status == 201)
        #expect(made.headers["Location"] == place)
        #expect(try made.text("retention") == "days(30)")
        #expect(made.object["notify"] as? [String] == ["owner"])

        let changed = try await ask("PATCH", #"{"limits": {"maxLabels": 3}, "notify": []}"#)
        #expect(changed.status == 200)
        #expect(try changed.text("retention") == "days(30)")
        #expect(changed.object["limits"] as? [String: Double] == ["maxLabels": 3, "minConfidence": 75])
        #expect(changed.object["notify"] as? [String] == [])
        #expect(try await ask("PATCH", #"{"retention": null}"#).text("retention") == "keep")

        let read = try await api.ask(.get, place)
        let replaced = try await api.ask(.put, place, body: read.bytes)
        #expect(replaced.status == 200, "what was answered can be sent back")
        #expect(replaced.object as NSDictionary == read.object as NSDictionary)
        #expect(
            try await ask("PUT", "{}").object["analyses"] as? [String] == ["faces", "labels", "moderation", "text"])

        #expect(try await api.ask(.delete, place).status == 204)
        for method in ["PATCH", "GET"] {
            let gone = method == "GET" ? try await api.ask(.get, place) : try await ask(method, "{}")
            #expect(gone.status == 404)
            #expect(
                try gone.text("detail")
                    == "There is no bucket “driveway”. There are: images, incoming, private, public.")
        }
    }

    @Test func changesAtTheSameTimeAllHold() async throws {
        _ = try await ask("PUT", "{}")
        let patches = [
            #"{"limits": {"maxLabels": 5}}"#, #"{"limits": {"minConfidence": 50}}"#, #"{"allowance": {"perDay": 7}}"#,
            #"{"allowance": {"perMinute": 6}}"#, #"{"retention": "days(9)"}"#, #"{"notify": ["owner"]}"#,
            #"{"upload": "members"}"#, #"{"view": "members"}"#,
        ]
        try await withThrowingTaskGroup(of: Int.self) { group in
            for patch in patches { group.addTask { try await ask("PATCH", patch).status } }
            for try await status in group { #expect(status == 200) }
        }
        let read = try await api.ask(.get, place).object
        #expect(read["limits"] as? [String: Double] == ["maxLabels": 5, "minConfidence": 50])
        #expect(read["allowance"] as? [String: Int] == ["perDay": 7, "perMinute": 6])
        #expect(read["retention"] as? String == "days(9)" && read["notify"] as? [String] == ["owner"])
        #expect(read["upload"] as? String == "members" && read["view"] as? String == "members")
    }

    @Test func whoIsNamedTwiceIsToldOnce() async throws {
        let made = try await ask(
            "PUT",
            #"{"notify": ["owner", "a@b.example", "owner"], "origins": ["https://a.example", "https://A.example:443"]}"#
        )
        #expect(made.object["notify"] as? [String] == ["owner", "a@b.example"])
        #expect(made.object["origins"] as? [String] == ["https://a.example"])
    }

    @Test func aBucketThatHoldsPhotosStays() async throws {
        _ = try await api.add("x", key: "a.jpg")
        let answer = try await api.ask(.delete, "/api/v1/buckets/incoming")
        #expect(answer.status == 409)
        #expect(try answer.text("code") == "bucket_not_empty")
        #expect(try answer.text("detail").contains("holds 1 photo. Delete them first"))
    }

    @Test func aBucketThatAnAlertIsAboutStays() async throws {
        #expect(try await api.ask(.put, "/api/v1/buckets/yard", body: Array("{}".utf8)).status == 201)
        let rule = #"{"condition": {"kind": "faces", "atLeast": 1}, "bucket": "yard", "notify": ["owner"]}"#
        #expect(try await api.ask(.put, "/api/v1/alerts/visitors", body: Array(rule.utf8)).status == 201)
        let answer = try await api.ask(.delete, "/api/v1/buckets/yard")
        #expect(answer.status == 409)
        #expect(try answer.text("code") == "bucket_in_alert")
        #expect(try answer.text("detail").contains("visitors"))
        #expect(try await api.ask(.delete, "/api/v1/alerts/visitors").status == 204)
        #expect(try await api.ask(.delete, "/api/v1/buckets/yard").status == 204)
    }

    @Test(arguments: [
        (#"{"retension": "keep"}"#, "There is no field “retension” in a bucket. There are: allowance, analyses,"),
        (#"{"retention": "for ever"}"#, "“retention” takes keep, delete-after-analysis or days(N)"),
        (#"{"retention": 7}"#, "not “7”"),
        (#"{"retention": ["keep"]}"#, #"not “["keep"]”"#),
        (#"{"upload": "all"}"#, "“upload” takes anyone, members or owner, not “all”."),
        (#"{"view": "anyone"}"#, "“view” takes members or owner, not “anyone”."),
        (
            #"{"analyses": "labels"}"#,
            "“analyses” takes a list of labels, faces, people, moderation, text, not “labels”."
        ),
        (#"{"analyses": ["labels", "cats"]}"#, "“analyses” takes a list of labels"),
        (#"{"notify": ["owner", "me"]}"#, "“notify” takes a list, each owner, an e-mail address, or a URL"),
        (#"{"origins": ["example.org"]}"#, "“origins” takes a list, each the address of a page"),
        (#"{"allowance": {"perMinute": 0, "perDay": 1}}"#, "“allowance.perMinute” takes a whole number from 1"),
        (
            #"{"allowance": {"perMinute": 1}}"#,
            "“allowance.perDay” takes a whole number from 1 to 10000000, and is missing."
        ),
        (
            #"{"allowance": {"perHour": 1}}"#,
            "There is no field “allowance.perHour” in a bucket. There are: perDay, perMinute."
        ),
        (#"{"limits": {"maxLabels": 1.5, "minConfidence": 1}}"#, "“limits.maxLabels” takes a whole number"),
        (#"{"limits": {"maxLabels": 1, "minConfidence": 101}}"#, "“limits.minConfidence” takes a number from 0 to 100"),
        (#"{"name": "other"}"#, "A bucket cannot be renamed"),
    ])
    func whatIsWrongIsSaidByName(_ body: String, _ detail: String) async throws {
        let answer = try await ask("PUT", body)
        #expect(answer.status == 400)
        #expect(try answer.text("code") == "bad_parameter")
        #expect(try answer.text("detail").contains(detail))
        #expect(try await api.ask(.get, place).status == 404, "nothing is kept of it")
    }

    @Test(arguments: ["", "{", "[]", "null", "retention=keep"])
    func whatIsNoObjectIsRefused(_ body: String) async throws {
        let answer = try await ask("PUT", body)
        #expect(answer.status == 400)
        #expect(try answer.text("code") == "bad_json")
    }

    @Test func aNameThatNoBucketCanHaveIsRefused() async throws {
        for name in ["ab", "Photos", "-a-", "a_b"] {
            let answer = try await api.ask(.put, "/api/v1/buckets/\(name)", body: Array("{}".utf8))
            #expect(answer.status == 400)
            #expect(try answer.text("detail").contains("3 to 63 lower-case letters"))
        }
        let long = #"{"notify": ["# + (0...100).map { #""\#($0)@b.example""# }.joined(separator: ",") + "]}"
        #expect(try await ask("PUT", long).text("detail") == "“notify” takes at most 100 entries.")
    }
}
