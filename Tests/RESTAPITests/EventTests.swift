import Domain
import Foundation
import HTTPServer
import Pipeline
import Testing

@Suite struct EventTests {
    private let api = TestAPI()

    /// What a stream has sent once the feed is closed.
    private func stream(
        _ target: String, headers: Headers = [:], meanwhile: () async throws -> Void = {}
    ) async throws -> String {
        let response = await api.router.respond(to: try Request(.get, target, headers: headers))
        #expect(response.status == .ok)
        #expect(response.headers["Content-Type"] == "text/event-stream; charset=utf-8")
        #expect(response.headers["Cache-Control"] == "no-store")
        #expect(response.headers["X-Accel-Buffering"] == "no")
        try await meanwhile()
        await api.feed.close()
        return String(decoding: try await response.body.collect(), as: UTF8.self)
    }

    private func events(_ text: String) -> [(id: String, kind: String, data: [String: String])] {
        text.components(separatedBy: "\n\n").compactMap { block in
            let fields = block.split(separator: "\n").map { $0.split(separator: ":", maxSplits: 1).map(String.init) }
            func field(_ name: String) -> String? {
                fields.first { $0.first == name }?.last?.trimmingCharacters(in: .whitespaces)
            }
            guard let id = field("id"), let kind = field("event"), let data = field("data"), kind != "start" else {
                return nil
            }
            return (id, kind, (try? JSONDecoder().decode([String: String].self, from: Data(data.utf8))) ?? [:])
        }
    }

    @Test func withoutAPlaceItBeginsNow() async throws {
        _ = try await api.add("1", key: "before.jpg")
        let text = try await stream("/api/v1/events") {
            _ = try await api.add("2", key: "a%22bc.jpg")
        }
        #expect(text.hasPrefix("retry: 2000\nid: 1\nevent: start\ndata: {}\n\n"))
        let events = events(text)
        #expect(events.map(\.kind) == ["queued"])
        #expect(events.first?.id == "2")
        #expect(events.first?.data["key"] == "a\"bc.jpg")
        #expect(events.first?.data["bucket"] == "incoming")
        #expect(Set(events.first?.data.keys.map { $0 } ?? []) == ["photo", "bucket", "key", "time"])
    }

    @Test func fromAPlaceNothingIsMissedAndNothingComesTwice() async throws {
        let id = try await api.add("1", key: "a.jpg")
        try await api.settleNext([("Cat", 90)])
        _ = try await api.ask(.delete, "/api/v1/photos/\(id)")
        #expect(events(try await stream("/api/v1/events?after=0")).map(\.kind) == ["queued", "analysed", "deleted"])
    }

    @Test func whereABrowserWasGoesBeforeTheQuery() async throws {
        for number in 0..<3 { _ = try await api.add("\(number)", key: "\(number).jpg") }
        let text = try await stream("/api/v1/events?after=0", headers: ["Last-Event-ID": "2"])
        #expect(events(text).map(\.id) == ["3"])
    }

    @Test func aBucketsEventsAlone() async throws {
        _ = try await api.add("1", key: "a.jpg")
        _ = try await api.ask(.post, "/api/v1/buckets/images/photos?key=b.jpg", body: TestAPI.jpeg("2"))
        #expect(events(try await stream("/api/v1/events?after=0&bucket=images")).map(\.id) == ["2"])
    }

    @Test func anAlertIsNamed() async throws {
        let name = try #require(AlertName("my cats"))
        _ = await api.catalog.keep(AlertRule(name: name, condition: .label("Cat", minConfidence: 80), notify: []))
        _ = try await api.add("1", key: "a.jpg")
        try await api.settleNext([("Cat", 90)])
        let alerts = events(try await stream("/api/v1/events?after=0")).filter { $0.kind == "alert" }
        #expect(alerts.map { $0.data["alert"] } == ["my cats"])
    }

    @Test func aPlaceThatIsGoneMeansAllAnew() async throws {
        _ = try await api.add("1", key: "a.jpg")
        let events = events(try await stream("/api/v1/events?after=900"))
        #expect(events.map(\.kind) == ["reset"])
        #expect(events.map(\.id) == ["1"])
    }

    @Test(arguments: [
        ("/api/v1/events?after=soon", 400, "bad_parameter"), ("/api/v1/events?after=-1", 400, "bad_parameter"),
        ("/api/v1/events?bucket=nowhere", 404, "unknown_bucket"), ("/api/v1/events?bucket=_", 400, "bad_parameter"),
    ])
    func mistakesAreNamed(_ target: String, _ status: Int, _ code: String) async throws {
        let answer = try await api.ask(.get, target)
        #expect(answer.status == status)
        #expect(try answer.text("code") == code)
    }

    @Test func streamsAreBoundedAndHeadTakesNone() async throws {
        for _ in 0..<300 {
            #expect(try await api.ask(.head, "/api/v1/events").status == 200)
        }
        var open: [Response] = []
        for _ in 0..<256 { open.append(await api.router.respond(to: try Request(.get, "/api/v1/events"))) }
        #expect(open.allSatisfy { $0.status == .ok })
        let answer = try await api.ask(.get, "/api/v1/events")
        #expect(answer.status == 503)
        #expect(try answer.text("code") == "too_many_streams")
        #expect(answer.headers["Retry-After"] != nil)
        open = []
        #expect(await api.router.respond(to: try Request(.get, "/api/v1/events")).status == .ok)
    }
}
