import Domain
import Foundation
import Testing

@testable import Notifications

/// What needs no server; the others are tested end to end.
@Suite struct ChannelsTests {
    private func error(_ settings: [String: String], to recipient: Recipient) async -> DeliveryError? {
        let channels = Channels(
            ChannelSettings(environment: settings), folder: NSTemporaryDirectory(), agent: "Fovea/0")
        let delivery = Delivery(
            key: DeliveryKey(), recipient: recipient, announcement: Announcement(.test, at: .now), createdAt: .now)
        do throws(DeliveryError) {
            try await channels.deliver(delivery)
            return nil
        } catch {
            return error
        }
    }

    @Test func anOwnerWithoutAnAddressIsNobody() async {
        #expect(await error([:], to: .owner) == nil)
        #expect(await error(["FOVEA_OWNER_EMAIL": ""], to: .owner) == nil)
    }

    @Test(arguments: [
        ["FOVEA_OWNER_EMAIL": "me@x.org"], ["FOVEA_OWNER_EMAIL": "me"],
        ["FOVEA_OWNER_EMAIL": "me@x.org", "FOVEA_SMTP_URL": "nonsense"],
        ["FOVEA_OWNER_EMAIL": "me@x.org", "FOVEA_MAIL_FROM": "nonsense", "FOVEA_SMTP_URL": "smtp://127.0.0.1:1"],
        ["FOVEA_OWNER_EMAIL": "me@x.org", "FOVEA_SMTP_URL": "smtp://127.0.0.1:1"],
    ]) func whatCanBeMendedIsTriedAgain(settings: [String: String]) async {
        guard case .transient = await error(settings, to: .owner) else {
            Issue.record("given up, or done")
            return
        }
    }

    @Test func whatMayNotBeAskedIsGivenUp() async throws {
        let url = try #require(URL(string: "http://127.0.0.1:1/secret"))
        guard case .permanent(let reason) = await error([:], to: .webhook(url)) else {
            Issue.record("tried again, or done")
            return
        }
        #expect(reason.contains("FOVEA_WEBHOOK_ALLOW=127.0.0.1"))
        #expect(!reason.contains("secret"))
        guard case .transient = await error(["FOVEA_WEBHOOK_ALLOW": "127.0.0.1"], to: .webhook(url)) else {
            Issue.record("given up, or done")
            return
        }
    }

    @Test(arguments: [
        ([:], nil), (["FOVEA_MAIL_FROM": "a@x.org", "FOVEA_OWNER_EMAIL": "b@x.org"], "a@x.org"),
        (["FOVEA_OWNER_EMAIL": "b@x.org", "FOVEA_SMTP_URL": "smtp://c%40x.org:p@h"], "c@x.org"),
        (["FOVEA_OWNER_EMAIL": "b@x.org", "FOVEA_SMTP_URL": "smtp://apikey:p@h"], "b@x.org"),
    ]) func theSenderIsWhoMaySend(settings: [String: String], sender: String?) {
        #expect(ChannelSettings(environment: settings).mail.sender == sender)
    }

    @Test(arguments: [
        ("https://x.org", "https://x.org"), ("https://x.org/fovea/", "https://x.org/fovea"), ("x.org", nil),
        ("ftp://x.org", nil), ("https://x.org/?a", nil),
    ]) func whereThePageIs(text: String, page: String?) {
        let settings = ChannelSettings(environment: ["FOVEA_PUBLIC_URL": text])
        #expect(settings.page == page)
        #expect(settings.problems.isEmpty == (page != nil))
    }
}
