import Domain
import Foundation
import HTTPServer
import NetworkClient
import Synchronization
import Testing

@testable import Notifications

/// The notifier against a server of the house.
@Suite struct WebhookNotifierTests {
    private let secret = WebhookSecret()

    private func delivery(to url: String, _ announcement: Announcement) throws -> Delivery {
        Delivery(
            key: try #require(DeliveryKey("abc.1.0")), recipient: .webhook(try #require(URL(string: url))),
            announcement: announcement, createdAt: .now)
    }

    private func notifier() throws -> WebhookNotifier {
        WebhookNotifier(
            client: WebClient(userAgent: "Fovea/0", policy: try AddressPolicy(allowing: "127.0.0.1")),
            keyring: WebhookKeyring(folder: "/nowhere", fixed: secret))
    }

    private func withServer(
        _ handler: @escaping @Sendable (Request) async throws -> Response, _ test: (String) async throws -> Void
    ) async throws {
        var router = Router()
        router.add(.post, "/hook", maximumBody: 1_000_000, handler)
        let server = Server(router: router, listeners: [.tcp(host: "127.0.0.1", port: 0)])
        try server.start()
        try await test("http://127.0.0.1:\(try #require(server.boundPort))/hook")
        await server.stop()
    }

    @Test func theBodyIsTheAnnouncementWithItsKey() async throws {
        let received = Mutex<(Data, [String: String])?>(nil)
        let names = ["webhook-id", "webhook-timestamp", "webhook-signature"]
        try await withServer { request in
            let body = Data(try await request.body.collect(upTo: 1_000_000))
            let headers = names.map { ($0, request.headers[$0] ?? "") }
            received.withLock { $0 = (body, Dictionary(uniqueKeysWithValues: headers)) }
            return .text("thanks")
        } _: { url in
            let notice = AlertNotice(name: "cars", condition: "label Car ≥ 80", match: "Car 93")
            let announcement = Announcement(.alert, at: .now, alert: notice, retention: .days(3))
            try await notifier().deliver(try delivery(to: url, announcement))
            let (body, headers) = try #require(received.withLock { $0 })
            #expect(try JSONDecoder().decode(Announcement.self, from: body) == announcement)
            let json = try JSONSerialization.jsonObject(with: body) as? [String: Any]
            #expect(json?["id"] as? String == "abc.1.0")
            #expect(headers["webhook-id"] == "abc.1.0")
            let timestamp = try #require(headers["webhook-timestamp"].flatMap { Int($0) })
            #expect(headers["webhook-signature"] == secret.signature(id: "abc.1.0", timestamp: timestamp, body: body))
        }
    }

    @Test(arguments: [("7", 7), (nil, nil)] as [(String?, Int?)])
    func aReceiverMayAskToComeBackLater(header: String?, seconds: Int?) async throws {
        try await withServer { _ in
            .text("busy", status: 429, headers: header.map { ["Retry-After": $0] } ?? [:])
        } _: { url in
            let delivery = try delivery(to: url, Announcement(.test, at: .now))
            let error = await #expect(throws: DeliveryError.self) { try await notifier().deliver(delivery) }
            #expect(error == .transient(reason: "127.0.0.1 answered 429", retryAfter: seconds.map { .seconds($0) }))
        }
    }

    /// A port that takes connections and never answers.
    @Test func whoIsCancelledDoesNotWaitForTheAnswer() async throws {
        let listener = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        try #require(listen(listener, 1) == 0)
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isNamed = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &size) == 0 }
        }
        try #require(isNamed)
        let url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/"
        let delivery = try delivery(to: url, Announcement(.test, at: .now))
        let notifier = try notifier()
        let task = Task { try await notifier.deliver(delivery) }
        task.cancel()
        let error = await #expect(throws: DeliveryError.self) { try await task.value }
        #expect(error?.reason.contains("nobody waits") == true)
    }
}
