public import NetworkClient

/// What the operator says about telling people and programs, in the environment.
public struct ChannelSettings: Sendable {
    /// Where webhooks may go.
    public private(set) var webhookPolicy = AddressPolicy.publicOnly
    /// The certificates that receivers of webhooks are checked against besides those of the system, a file.
    public private(set) var webhookAuthority: String?
    /// The secret that webhooks are signed with instead of the data folder's own.
    public private(set) var webhookSecret: WebhookSecret?
    /// What of the settings cannot be used, and what to do about it. Nothing is lost meanwhile: what needs them waits.
    public private(set) var problems: [String] = []

    /// Reads the settings. An empty variable is one that is not set.
    public init(environment: [String: String]) {
        let values = environment.filter { !$0.value.isEmpty }
        if let list = values["FOVEA_WEBHOOK_ALLOW"] {
            do throws(AddressPolicy.UnreadableEntry) {
                webhookPolicy = try AddressPolicy(allowing: list)
            } catch {
                problems.append("FOVEA_WEBHOOK_ALLOW: \(error)")
            }
        }
        webhookAuthority = values["FOVEA_WEBHOOK_CA"]
        if let text = values["FOVEA_WEBHOOK_SECRET"] {
            webhookSecret = WebhookSecret(text)
            if webhookSecret == nil {
                problems.append(
                    "FOVEA_WEBHOOK_SECRET is not whsec_ and 24 to 64 bytes in Base64; the data folder's own is used")
            }
        }
    }
}
