import Domain
public import NetworkClient

/// What the operator says about e-mail.
public struct MailSettings: Sendable {
    /// The server that takes mail; `nil` where none is named.
    public private(set) var server: MailServer?
    /// Whose address the mail comes from.
    public private(set) var sender: String?
    /// The address of the recipient `owner`; `nil` where none is named.
    public private(set) var owner: String?
    /// What of it cannot be used, and what to do about it. No mail is sent, and none lost, until it is mended.
    public private(set) var problems: [String] = []
    let authority: String?

    init(_ values: [String: String]) {
        authority = values["FOVEA_SMTP_CA"]
        if let url = values["FOVEA_SMTP_URL"] {
            do throws(MailServerError) {
                server = try MailServer(url: url)
            } catch {
                problems.append("FOVEA_SMTP_URL \(error)")
            }
        }
        owner = address("FOVEA_OWNER_EMAIL", in: values)
        // Most providers let one send from one's own address only.
        sender = address("FOVEA_MAIL_FROM", in: values) ?? server?.user.flatMap(Self.address) ?? owner
        if server != nil, sender == nil, problems.isEmpty {
            problems.append("FOVEA_MAIL_FROM is not set: name the address that mail is sent from")
        }
    }

    private mutating func address(_ name: String, in values: [String: String]) -> String? {
        guard let text = values[name] else { return nil }
        let address = Self.address(text)
        if address == nil { problems.append("\(name) is no e-mail address: write it like me@example.org") }
        return address
    }

    private static func address(_ text: String) -> String? {
        if case .email(let address) = Recipient(text) { address } else { nil }
    }
}
