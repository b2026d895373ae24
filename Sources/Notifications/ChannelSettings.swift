import Foundation
public import NetworkClient

/// What the operator says about telling people and programs, in the environment.
public struct ChannelSettings: Sendable {
    /// How mail is sent.
    public let mail: MailSettings
    /// Where webhooks may go.
    public private(set) var webhookPolicy = AddressPolicy.publicOnly
    /// The certificates that receivers of webhooks are checked against besides those of the system, a file.
    public let webhookAuthority: String?
    /// The secret that webhooks are signed with instead of the data folder's own.
    public private(set) var webhookSecret: WebhookSecret?
    /// Where people reach the web page; `nil` where nobody says.
    public private(set) var page: String?
    /// What of the settings cannot be used, and what to do about it. Nothing is lost meanwhile: what needs them waits.
    public private(set) var problems: [String]

    /// Reads the settings. An empty variable is one that is not set.
    public init(environment: [String: String]) {
        let values = environment.filter { !$0.value.isEmpty }
        mail = MailSettings(values)
        problems = mail.problems
        webhookAuthority = values["FOVEA_WEBHOOK_CA"]
        if let list = values["FOVEA_WEBHOOK_ALLOW"] {
            do throws(AddressPolicy.UnreadableEntry) {
                webhookPolicy = try AddressPolicy(allowing: list)
            } catch {
                problems.append("FOVEA_WEBHOOK_ALLOW: \(error)")
            }
        }
        if let text = values["FOVEA_WEBHOOK_SECRET"] {
            webhookSecret = WebhookSecret(text)
            if webhookSecret == nil {
                problems.append(
                    "FOVEA_WEBHOOK_SECRET is not whsec_ and 24 to 64 bytes in Base64; the data folder's own is used")
            }
        }
        if let text = values["FOVEA_PUBLIC_URL"] {
            page = Self.page(text)
            if page == nil { problems.append("FOVEA_PUBLIC_URL is no URL such as https://photos.example.org") }
        }
    }

    /// A URL of the web without anything that a link to a photo adds.
    private static func page(_ text: String) -> String? {
        guard let parts = URLComponents(string: text), ["http", "https"].contains(parts.scheme?.lowercased()),
            parts.host?.isEmpty == false, parts.query == nil, parts.fragment == nil
        else { return nil }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}
