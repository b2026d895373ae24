import ArgumentParsing
import Domain
import Foundation
import Notifications

/// `fovea notify`: sends a message to see whether telling works.
struct Notify: Command {
    static let syntax = CommandSyntax(
        "notify", summary: "Send a test message, and say how it went.",
        operands: .init("test RECIPIENT", help: "\(Recipient.rule)", least: 2, most: 2),
        options: [.data],
        notes: """
            It is sent at once by this command, with the settings of this shell (`fovea serve --help` names them).
            Exit status: 0 when the recipient's server has it, else 1.
            """)

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        guard arguments.operands[0] == "test" else {
            throw UsageError("there is no action “\(Terminal.visible(arguments.operands[0]))”")
        }
        let name = Terminal.visible(arguments.operands[1])
        guard let recipient = Recipient(arguments.operands[1]) else {
            throw UsageError("“\(name)” is no recipient: that is \(Recipient.rule)")
        }
        let folder = arguments.dataFolder
        guard FileManager.default.fileExists(atPath: folder) else { throw NoFolder(path: folder) }
        let settings = ChannelSettings(environment: ProcessInfo.processInfo.environment)
        for problem in settings.problems { Terminal.print("fovea: \(problem)\n", to: STDERR_FILENO) }
        let test = Delivery(
            key: DeliveryKey(), recipient: recipient, announcement: Announcement(.test, at: .now), createdAt: .now)
        do throws(DeliveryError) {
            try await Channels(settings, folder: folder, agent: Fovea.agent).deliver(test)
        } catch {
            Terminal.print("fovea: \(name) was not told: \(Terminal.visible(error.reason))\n", to: STDERR_FILENO)
            return .failure
        }
        Terminal.print("\(name) was told (\(test.key)).\n")
        return .success
    }
}
