public import Domain
import Foundation
import NetworkClient

/// Tells people by e-mail.
public struct MailNotifier: Notifier {
    private let settings: MailSettings
    private let page: String?

    /// A notifier that sends as `settings` say, with links to the page at `page`.
    public init(_ settings: MailSettings, page: String?) {
        self.settings = settings
        self.page = page
    }

    /// Tells one announcement. For the owner where no address is known there is nobody to tell, and that is done.
    public func deliver(_ delivery: Delivery) async throws(DeliveryError) {
        if let problem = settings.problems.first { throw .transient(reason: problem, retryAfter: nil) }
        guard let address = try address(of: delivery.recipient) else { return }
        guard let server = settings.server, let sender = settings.sender else {
            throw .transient(
                reason: "E-mail is not set up: set FOVEA_SMTP_URL, and start the server anew", retryAfter: nil)
        }
        let mail = Self.mail(delivery, from: sender, to: address, page: page)
        do throws(MailError) {
            try await MailClient(server, authority: settings.authority).send(mail)
        } catch {
            switch error {
            case .refused(let reason): throw .permanent(reason: reason)
            case .failed(let reason): throw .transient(reason: reason, retryAfter: nil)
            }
        }
    }

    private func address(of recipient: Recipient) throws(DeliveryError) -> String? {
        switch recipient {
        case .owner: settings.owner
        case .email(let address): address
        case .webhook: throw .permanent(reason: "\(recipient) is no e-mail address")
        }
    }

    /// The message, the same at each try.
    static func mail(_ delivery: Delivery, from sender: String, to recipient: String, page: String?) -> Mail {
        let content = MailContent(delivery.announcement, page: page)
        let domain = sender.split(separator: "@").last ?? "localhost"
        let key = delivery.key.description
        return Mail(
            sender: sender, recipient: recipient,
            header: [
                ("Date", delivery.createdAt.inMailHeader), ("From", "Fovea <\(sender)>"), ("To", "<\(recipient)>"),
                ("Subject", HeaderText.encoded(content.subject.harmless)), ("Message-ID", "<\(key)@\(domain)>"),
                ("X-Fovea-Delivery", key), ("Auto-Submitted", "auto-generated"),
                ("X-Auto-Response-Suppress", "All"),
            ],
            text: content.text, html: content.html)
    }
}

extension Date {
    /// `Sat, 21 Nov 2026 15:14:54 +0000` (RFC 5322).
    var inMailHeader: String {
        formatted(
            VerbatimFormatStyle(
                format: """
                    \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .padded(4)) \
                    \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\
                    \(second: .twoDigits) +0000
                    """,
                locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt, calendar: Calendar(identifier: .gregorian)))
    }
}
