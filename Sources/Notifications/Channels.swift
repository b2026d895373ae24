public import Domain
import NetworkClient

/// Every way of telling somebody: announcements to the owner and to e-mail addresses go by mail, others to webhooks.
public struct Channels: Notifier {
    private let mail: MailNotifier
    private let webhooks: WebhookNotifier

    /// The channels as `settings` have them. `folder` is the data folder, where the secret of webhooks lies; `agent` is
    /// what Fovea calls itself, `Fovea/1.0`; `page` is where the web page is unless the settings name another address.
    public init(_ settings: ChannelSettings, folder: String, agent: String, page: String? = nil) {
        let client = WebClient(
            userAgent: agent, policy: settings.webhookPolicy, authority: settings.webhookAuthority)
        mail = MailNotifier(settings.mail, page: settings.page ?? page)
        webhooks = WebhookNotifier(
            client: client, keyring: WebhookKeyring(folder: folder, fixed: settings.webhookSecret))
    }

    /// Tells one announcement by the channel of its recipient.
    public func deliver(_ delivery: Delivery) async throws(DeliveryError) {
        switch delivery.recipient {
        case .webhook: try await webhooks.deliver(delivery)
        case .owner, .email: try await mail.deliver(delivery)
        }
    }
}
