import Domain
import Foundation
import HTTPServer
import Testing

struct OutboxTests {
    private let api = TestAPI()

    private func post(_ key: String, to recipient: String = "ann@example.org", problem: String? = nil) async throws {
        let key = try #require(DeliveryKey(key))
        let time = Date(timeIntervalSince1970: 1_800_000_000)
        await api.catalog.post([
            Delivery(
                key: key, recipient: try #require(Recipient(recipient)), announcement: Announcement(.test, at: time),
                createdAt: time)
        ])
        if let problem { await api.catalog.failed(key, because: problem, retryAt: nil) }
    }

    private func keys() async throws -> [String] {
        let answer = try await api.ask(.get, "/api/v1/outbox")
        return try #require(answer.object["deliveries"] as? [[String: Any]]).compactMap { $0["key"] as? String }
    }

    @Test func theOutboxTellsWhatIsStuckFirst() async throws {
        try await post("a")
        try await post("b", to: "https://ann:pw@example.org/hook?token=secret", problem: "It answered 410.")
        let answer = try await api.ask(.get, "/api/v1/outbox")
        #expect(answer.status == 200)
        #expect(answer.object["waiting"] as? Int == 1 && answer.object["undeliverable"] as? Int == 1)
        let deliveries = try #require(answer.object["deliveries"] as? [[String: Any]])
        #expect(deliveries.map { $0["standing"] as? String } == ["undeliverable", "waiting"])
        #expect(deliveries[0]["problem"] as? String == "It answered 410.")
        #expect(deliveries[0]["recipient"] as? String == "https://example.org/hook?…")
        #expect(deliveries[0]["nextTry"] == nil)
        #expect(deliveries[1]["nextTry"] as? String == "2027-01-15T08:00:00.000Z")
        #expect(try await api.ask(.get, "/api/v1/outbox?limit=x").status == 400)
    }

    @Test func aDeliveryNamesItsPhoto() async throws {
        var bucket = Bucket.incoming
        bucket.notify = [.owner]
        _ = await api.catalog.keep(bucket)
        let id = try await api.add("x", key: "car.jpg")
        try await api.settleNext([("Car", 90)])
        let answer = try await api.ask(.get, "/api/v1/outbox")
        let delivery = try #require((answer.object["deliveries"] as? [[String: Any]])?.first)
        #expect(delivery["photo"] as? String == id.description && delivery["photoKey"] as? String == "car.jpg")
        #expect(delivery["type"] as? String == "photo.analysed" && delivery["recipient"] as? String == "owner")
    }

    @Test func oneOrAllAreTriedAgain() async throws {
        try await post("a", problem: "x")
        try await post("b", problem: "x")
        try await post("c", problem: "x")
        #expect(try await api.ask(.post, "/api/v1/outbox/b/retry").status == 202)
        #expect(await api.catalog.outboxDepth() == OutboxDepth(waiting: 1, undeliverable: 2))
        let all = try await api.ask(.post, "/api/v1/outbox/retry")
        #expect(all.status == 202 && all.object["retried"] as? Int == 2)
        let none = try await api.ask(.post, "/api/v1/outbox/d/retry")
        #expect(none.status == 404)
        #expect(try none.text("code") == "unknown_delivery")
    }

    @Test func oneIsTakenOut() async throws {
        try await post("a")
        try await post("b")
        #expect(try await api.ask(.delete, "/api/v1/outbox/a").status == 204)
        #expect(try await api.ask(.delete, "/api/v1/outbox/a").status == 404)
        #expect(try await api.ask(.delete, "/api/v1/outbox/Not%20A%20Key").status == 404)
        #expect(try await keys() == ["b"])
    }
}
