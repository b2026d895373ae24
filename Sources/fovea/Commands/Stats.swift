import ArgumentParsing
import Domain
import Foundation

/// `fovea stats`: how much was done, what is stored, and what it would have cost elsewhere.
struct Stats: Command {
    static let syntax = CommandSyntax(
        "stats", summary: "Show how much was done, and what it would have cost at Rekognition.",
        options: [
            .data,
            OptionSyntax("--from", "DAY", help: "from this day on, 2026-01-31 (days are those of UTC)"),
            OptionSyntax("--to", "DAY", help: "up to this day, itself included"),
            OptionSyntax("--json", help: "as JSON"),
        ],
        notes: """
            What was done is counted for good, also for photos that are deleted since. Prices are list prices, without
            free tier; a file that FOVEA_PRICES names where the server starts replaces them (docs/OPERATIONS.md).
            """)

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let owner = try FolderOwner.of(arguments.dataFolder)
        let parameters = [("--from", "from"), ("--to", "to")].compactMap { option, name in
            arguments.text(option).map { "\(name)=\($0.urlEncoded)" }
        }
        let target = "/api/v1/stats" + (parameters.isEmpty ? "" : "?" + parameters.joined(separator: "&"))
        let stats = try await owner.get(target, as: StatsDocument.self)
        if arguments.has("--json") {
            Terminal.print(String(decoding: try PhotoDocument.encoder.encode(stats), as: UTF8.self) + "\n")
        } else {
            Terminal.print(stats.summary)
        }
        return .success
    }
}
