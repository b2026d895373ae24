import ArgumentParsing
import Domain
import Foundation
import Notifications

/// `fovea notify`: sends a message to see whether telling works.
struct Notify: Command {
    static let syntax = CommandSyntax(
        "notify", summary: "Send a test message, and say how it went.",
        operands: .init("test RECIPIENT", help: "\(Recipient.rule)", least: 2, most: 2),
        options: [
            .data,
            OptionSyntax("--photo", "ID", help: "tell what was found in this photo, as its bucket would"),
        ],
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
        guard recipient != .owner || settings.mail.owner != nil else {
            Terminal.print("fovea: the owner is nobody: set FOVEA_OWNER_EMAIL\n", to: STDERR_FILENO)
            return .failure
        }
        let test = Delivery(
            key: DeliveryKey(), recipient: recipient, announcement: try await announcement(arguments), createdAt: .now)
        do throws(DeliveryError) {
            try await Channels(settings, folder: folder, agent: Fovea.agent).deliver(test)
        } catch {
            let outlook = if case .permanent = error { "given up" } else { "tried again" }
            Terminal.print(
                "fovea: \(name) was not told: \(Terminal.visible(error.reason)). In earnest it would be \(outlook).\n",
                to: STDERR_FILENO)
            return .failure
        }
        Terminal.print("\(name) was told (\(test.key)).\n")
        return .success
    }

    private static func announcement(_ arguments: Arguments) async throws -> Announcement {
        guard let text = arguments.text("--photo") else { return Announcement(.test, at: .now) }
        guard let id = PhotoID(text) else {
            throw UsageError("“\(Terminal.visible(text))” is no id of a photo; `fovea search` shows them")
        }
        let photo = try await FolderOwner.of(arguments.dataFolder).get("/api/v1/photos/\(id)", as: PhotoDocument.self)
        return Announcement(photo.status == .failed ? .failed : .analysed, at: .now, photo: photo)
    }
}
