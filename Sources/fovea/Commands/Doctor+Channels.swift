import Foundation
import Notifications

extension Doctor {
    /// Says by which ways somebody can be told; `false` when a setting cannot be used.
    static func checkChannels() -> Bool {
        let settings = ChannelSettings(environment: ProcessInfo.processInfo.environment)
        let mail = settings.mail
        if let server = mail.server, let sender = mail.sender, mail.problems.isEmpty {
            say(true, "e-mail", "\(server), from \(sender)")
        } else {
            say(mail.problems.isEmpty ? nil : false, "e-mail", "not set up; FOVEA_SMTP_URL names a server")
        }
        say(
            mail.owner.map { _ in true }, "owner",
            mail.owner ?? "nobody is told of the bucket “private”; FOVEA_OWNER_EMAIL names an address")
        say(
            true, "webhooks",
            ProcessInfo.processInfo.environment["FOVEA_WEBHOOK_ALLOW"].map { "to the public Internet and \($0)" }
                ?? "to the public Internet; FOVEA_WEBHOOK_ALLOW allows more")
        for problem in settings.problems { Terminal.print("    \(problem)\n") }
        return settings.problems.isEmpty
    }
}
