public import Domain
import NetworkClient

/// Every way of telling somebody: announcements to the owner and to e-mail addresses go by mail, others to webhooks.
public struct Channels: Notifier {
    private let webhooks: any Notifier

    /// The channels as `settings` have them. `folder` is the data folder, where the secret of webhooks lies; `agent` is
    /// what Fovea calls itself, `Fovea/1.0`.
    public init(_ settings: ChannelSettings, folder: String, agent: String) {
        let client = WebClient(
            userAgent: agent, policy: settings.webhookPolicy, authority: settings.webhookAuthority)
        webhooks = WebhookNotifier(
            client: client, keyring: WebhookKeyring(folder: folder, fixed: settings.webhookSecret))
    }

    /// Tells one announcement by the channel of its recipient.
    public func deliver(_ delivery: Delivery) async throws(DeliveryError) {
        switch delivery.recipient {
        case .webhook: try await webhooks.deliver(delivery)
        case .owner, .email: throw .transient(reason: "E-mail is not set up", retryAfter: nil)
        }
    }
}
