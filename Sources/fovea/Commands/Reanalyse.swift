import ArgumentParsing
import Domain
import Foundation

/// `fovea reanalyse`: looks at photos again, all, some, or those that other models looked at.
struct Reanalyse: Command {
    static let syntax = CommandSyntax(
        "reanalyse", summary: "Look at photos again, for example with new models.",
        operands: .init("PHOTO-ID…", help: "only these; without any, all that are meant by the options", least: 0),
        options: [
            OptionSyntax("--stale", help: "only photos that were looked at by other models than would be now"),
            OptionSyntax("--bucket", "B", help: "only photos in this bucket"),
            OptionSyntax("--detach", help: "do not wait; a server goes on by itself"),
            OptionSyntax("--list", help: "show what was started of late, and how far it is"),
            OptionSyntax("--stop", "N", help: "stop number N; what it did stays"),
            .data,
            OptionSyntax("--json", help: "as JSON"),
        ],
        notes: """
            Photos are looked at when nothing new waits, and keep what is known of them until then, also where one cannot
            be looked at. Nobody is told of what is found again.

            Beside a running server that does the work; without one, this command does. Ctrl-C leaves it where it is:
            a server goes on by itself, and the same command takes it up again.
            Exit status: 0 when all could be looked at, 1 when not, 2 for wrong usage.
            """)

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        setenv("FOVEA_LOG", "error", 0)
        let ids = arguments.operands
        let isWhole = ids.isEmpty
        let stops = try arguments.integer("--stop", in: 1...Int(Int32.max))
        if arguments.has("--list") || stops != nil {
            guard isWhole, !(arguments.has("--list") && stops != nil) else {
                throw UsageError("--list and --stop go with nothing else")
            }
            return try await show(stopping: stops, arguments)
        }
        guard isWhole || !arguments.has("--stale") && arguments.text("--bucket") == nil else {
            throw UsageError("name photos, or say which by --stale and --bucket; not both")
        }
        if let wrong = ids.first(where: { PhotoID($0) == nil }) {
            throw UsageError("“\(Terminal.visible(wrong))” is no id of a photo; `fovea search` shows them")
        }
        let bucket = arguments.text("--bucket")
        if let bucket, BucketName(bucket) == nil {
            throw UsageError("--bucket takes the name of a bucket, not “\(bucket)”")
        }
        let folder = arguments.dataFolder
        guard FileManager.default.fileExists(atPath: folder) else {
            throw NoFolder(path: folder)
        }
        let work = Task { try await perform(on: ids, in: bucket, folder: folder, arguments) }
        let stop = StopSignal()
        // The first signal ends it politely, the second at once.
        Task {
            _ = await stop.wait()
            work.cancel()
            _ = await stop.wait()
            _exit(ExitStatus.failure.rawValue)
        }
        return try await work.value
    }

    private static func show(stopping number: Int?, _ arguments: Arguments) async throws -> ExitStatus {
        let owner = try FolderOwner.of(arguments.dataFolder)
        if let number { try await owner.delete("/api/v1/reanalyses/\(number)") }
        let list = try await owner.get("/api/v1/reanalyses", as: ReanalysisListDocument.self)
        if arguments.has("--json") {
            try Terminal.print(json: list)
        } else if let number {
            let stopped = list.reanalyses.first { $0.number == number }
            Terminal.print(stopped?.report ?? "")
        } else {
            for reanalysis in list.reanalyses { Terminal.print(reanalysis.summary + "\n") }
            if list.reanalyses.isEmpty { Terminal.print("Nothing was looked at again so far.\n") }
            if !owner.isServer, list.reanalyses.contains(where: { $0.endedAt == nil }) {
                Terminal.print(QueueDocument.unserved)
            }
        }
        return .success
    }

    /// Does the work as the owner of the folder where nobody else is, or has it done.
    private static func perform(
        on ids: [String], in bucket: String?, folder: String, _ arguments: Arguments
    ) async throws -> ExitStatus {
        let owner = try await ImportOwner.of(folder, looks: true)
        let door = ReanalysisDoor(folder: folder, isJSON: arguments.has("--json"))
        let result: Result<ExitStatus, any Error>
        do {
            let status =
                ids.isEmpty
                ? try await door.all(in: bucket, only: arguments.has("--stale") ? .stale : .all, arguments)
                : try await door.some(ids, waits: !arguments.has("--detach"))
            result = .success(status)
        } catch {
            result = .failure(error)
        }
        // In a task of its own, which nobody has cancelled.
        await Task { await owner.close() }.value
        return try result.get()
    }
}
