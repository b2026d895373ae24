import ArgumentParsing
import Foundation
import Notifications

/// `fovea webhooks`: the secret that webhooks are signed with.
struct Webhooks: Command {
    static let syntax = CommandSyntax(
        "webhooks", summary: "Show the secret that webhooks are signed with, or replace it.",
        operands: .init("secret", help: "what to show", least: 1, most: 1),
        options: [
            .data,
            OptionSyntax("--rotate", help: "make a new one; webhooks are signed with the old one too for a day"),
        ],
        notes: """
            Receivers check by it that an announcement comes from here: webhooks follow the Standard Webhooks
            specification (standardwebhooks.com). A server that was started with FOVEA_WEBHOOK_SECRET signs with that.
            """)

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        guard arguments.operands == ["secret"] else {
            throw UsageError("there is no “\(Terminal.visible(arguments.operands[0]))” of webhooks")
        }
        let folder = arguments.dataFolder
        guard FileManager.default.fileExists(atPath: folder) else { throw NoFolder(path: folder) }
        let settings = ChannelSettings(environment: ProcessInfo.processInfo.environment)
        let keyring = WebhookKeyring(folder: folder, fixed: settings.webhookSecret)
        let secret = arguments.has("--rotate") ? try keyring.rotate() : try keyring.secrets().first
        Terminal.print("\(secret?.text ?? "")\n")
        return .success
    }
}
