import ArgumentParsing
import Domain
import Foundation

/// `fovea jobs`: what waits to be looked at, what failed and why; stops the queue and lets it go on.
struct Jobs: Command {
    static let syntax = CommandSyntax(
        "jobs", summary: "See what waits or failed; pause, resume, retry.",
        operands: .init("ACTION", help: "what to do; without one, the queue is shown", least: 0),
        options: [
            .data,
            OptionSyntax("--limit", "N", help: "show at most N photos (default 10)"),
            OptionSyntax("--json", help: "as JSON"),
        ],
        notes: """
            Actions:
              failed             which photos failed, and why
              why ID…            why a photo is not done
              retry ID…          look at photos again that failed
              retry given-up     … at all that were given up after some tries
              retry all          … at all that failed
              pause              take no more photos from the queue, also after a restart
              resume             go on
            """)

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let action = arguments.operands.first ?? "show"
        let operands = arguments.operands.dropFirst()
        let takesOperands = ["why", "retry"].contains(action)
        guard ["show", "failed", "why", "retry", "pause", "resume"].contains(action) else {
            throw UsageError("there is no action “\(action)”")
        }
        guard takesOperands == !operands.isEmpty else {
            throw UsageError(takesOperands ? "\(action) needs the id of a photo" : "\(action) takes nothing more")
        }
        let limit = try arguments.integer("--limit", in: 1...200) ?? 10
        let owner = try FolderOwner.of(arguments.dataFolder)
        let isJSON = arguments.has("--json")
        switch action {
        case "failed": return try await showFailed(owner, limit: limit, isJSON: isJSON)
        case "why": return try await explain(Array(operands), owner, isJSON: isJSON)
        case "retry": return try await retry(Array(operands), owner)
        case "pause", "resume":
            let queue = try await owner.post("/api/v1/jobs/\(action)", as: QueueDocument.self)
            return try show(queue, owner, isJSON: isJSON)
        default:
            let queue = try await owner.get("/api/v1/jobs?limit=\(limit)", as: QueueDocument.self)
            return try show(queue, owner, isJSON: isJSON)
        }
    }

    private static func show(_ queue: QueueDocument, _ owner: FolderOwner, isJSON: Bool) throws -> ExitStatus {
        if isJSON {
            try Terminal.print(json: queue)
        } else {
            Terminal.print(queue.summary(isServed: owner.isServer))
        }
        return .success
    }

    private static func showFailed(_ owner: FolderOwner, limit: Int, isJSON: Bool) async throws -> ExitStatus {
        let failed = try await owner.get("/api/v1/photos?status=failed&limit=\(limit)", as: PhotoListDocument.self)
        for photo in failed.photos {
            if isJSON {
                try Terminal.print(json: photo)
            } else {
                let name = Terminal.visible(photo.key?.description ?? "")
                let id = Terminal.dim(photo.id?.description ?? "")
                Terminal.print("\(name)  \(id)\n    \(photo.error?.message ?? "")\n")
            }
        }
        if !isJSON, failed.photos.isEmpty { Terminal.print("No photo failed.\n") }
        if !isJSON, failed.next != nil { Terminal.print("… and more; --limit shows them.\n") }
        return .success
    }

    private static func explain(_ ids: [String], _ owner: FolderOwner, isJSON: Bool) async throws -> ExitStatus {
        for id in ids {
            let answer = try await owner.get("/api/v1/photos/\(try checked(id))/job", as: ExplanationDocument.self)
            if isJSON {
                try Terminal.print(json: answer)
            } else {
                let isIdle = answer.job != nil && !owner.isServer
                Terminal.print(isIdle ? QueueDocument.unserved : "\(Terminal.visible(answer.why))\n")
            }
        }
        return .success
    }

    private static func retry(_ ids: [String], _ owner: FolderOwner) async throws -> ExitStatus {
        if ids == ["all"] || ids == ["given-up"] {
            let target = "/api/v1/jobs/retry?all=\(ids == ["all"])"
            let count = try await owner.post(target, as: [String: Int].self)["retried"] ?? 0
            Terminal.print(count == 1 ? "1 photo is tried again.\n" : "\(count) photos are tried again.\n")
        } else {
            for id in ids {
                let photo = try await owner.post(
                    "/api/v1/photos/\(try checked(id))/retry", as: PhotoDocument.self)
                Terminal.print("\(Terminal.visible(photo.key?.description ?? id)) is tried again.\n")
            }
        }
        if !owner.isServer { Terminal.print(QueueDocument.unserved) }
        return .success
    }

    private static func checked(_ id: String) throws -> String {
        guard PhotoID(id) != nil else {
            throw UsageError("“\(Terminal.visible(id))” is no id of a photo; `fovea search` shows them")
        }
        return id
    }
}
