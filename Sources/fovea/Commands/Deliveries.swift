import ArgumentParsing
import Domain
import Foundation

/// `fovea outbox`: what is still to be told, and what could not be; tries again, takes out.
struct Deliveries: Command {
    static let syntax = CommandSyntax(
        "outbox", summary: "See who could not be told, and why; retry, discard.",
        operands: .init("ACTION", help: "what to do; without one, what is still to be told is listed", least: 0),
        options: [
            .data,
            OptionSyntax("--limit", "N", help: "show at most N deliveries (default 20)"),
            OptionSyntax("--json", help: "as JSON"),
        ],
        notes: """
            Actions:
              retry KEY…         try these again at once
              retry all          … all that were given up
              discard KEY…       take these out; nobody is told
            """)

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let action = arguments.operands.first ?? "list"
        let keys = Array(arguments.operands.dropFirst())
        guard ["list", "retry", "discard"].contains(action) else {
            throw UsageError("there is no action “\(Terminal.visible(action))”")
        }
        guard (action == "list") == keys.isEmpty else {
            throw UsageError(action == "list" ? "list takes nothing more" : "\(action) needs the key of a delivery")
        }
        let isAll = action == "retry" && keys == ["all"]
        if !isAll, let wrong = keys.first(where: { DeliveryKey($0) == nil }) {
            throw UsageError("“\(Terminal.visible(wrong))” is no key of a delivery; `fovea outbox` shows them")
        }
        let limit = try arguments.integer("--limit", in: 1...1000) ?? 20
        let owner = try FolderOwner.of(arguments.dataFolder)
        switch action {
        case "retry":
            let targets = isAll ? ["retry"] : keys.map { "\($0)/retry" }
            var count = 0
            for target in targets {
                count += try await owner.post("/api/v1/outbox/\(target)", as: [String: Int].self)["retried"] ?? 0
            }
            Terminal.print(count == 1 ? "1 delivery is tried again.\n" : "\(count) deliveries are tried again.\n")
            if !owner.isServer { Terminal.print(OutboxDocument.unserved) }
        case "discard":
            for key in keys {
                try await owner.delete("/api/v1/outbox/\(key)")
                Terminal.print("\(key) is taken out.\n")
            }
        default:
            let outbox = try await owner.get("/api/v1/outbox?limit=\(limit)", as: OutboxDocument.self)
            if arguments.has("--json") {
                try Terminal.print(json: outbox)
            } else {
                Terminal.print(outbox.summary(isServed: owner.isServer))
            }
        }
        return .success
    }
}
