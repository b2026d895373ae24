import ArgumentParsing
import Domain
import Foundation

/// `fovea export`: what was found out about photos, as a table for other programs.
struct Export: Command {
    static let syntax = CommandSyntax(
        "export", summary: "Write the table of results as CSV or JSON lines.",
        options: [
            .data,
            OptionSyntax("--format", "F", help: "csv (default) or jsonl, one photo a line"),
            OptionSyntax("--bucket", "B", help: "only photos of this bucket"),
            OptionSyntax("--from", "TIME", help: "settled then or later: 2026-01-31 or 2026-01-31T12:00:00Z"),
            OptionSyntax("--to", "TIME", help: "settled before"),
            OptionSyntax("--max-labels", "N", help: "at most N labels a photo (default: as its bucket says)"),
            OptionSyntax("--min-confidence", "C", help: "only labels at least so sure, 0 to 100"),
        ],
        notes: """
            There is a row for each photo that was looked at, also where the original is deleted. It goes to standard
            output, in the order in which photos were looked at:
              fovea export --bucket private --from 2026-01-01 > results.csv
            """)

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let format = arguments.text("--format") ?? "csv"
        guard ["csv", "jsonl"].contains(format) else {
            throw UsageError("--format takes csv or jsonl, not “\(Terminal.visible(format))”")
        }
        let owner = try FolderOwner.of(arguments.dataFolder)
        let target = "/api/v1/results?limit=200" + parameters(of: arguments)
        var rows = 0
        var cursor = ""
        repeat {
            let page = try await owner.get(target + cursor, as: PhotoListDocument.self)
            // Not before: what was refused is not a table without rows.
            if format == "csv", cursor.isEmpty { Terminal.print(ResultCSV.header) }
            for photo in page.photos {
                Terminal.print(
                    format == "csv"
                        ? ResultCSV.line(of: photo) : String(decoding: try photo.json(), as: UTF8.self) + "\n")
            }
            rows += page.photos.count
            cursor = page.next.map { "&cursor=\($0.urlEncoded)" } ?? ""
        } while !cursor.isEmpty
        Terminal.print(rows == 1 ? "1 row\n" : "\(rows) rows\n", to: STDERR_FILENO)
        return .success
    }

    private static func parameters(of arguments: Arguments) -> String {
        [
            ("--bucket", "bucket"), ("--from", "from"), ("--to", "to"), ("--max-labels", "maxLabels"),
            ("--min-confidence", "minConfidence"),
        ].compactMap { option, name in arguments.text(option).map { "&\(name)=\($0.urlEncoded)" } }.joined()
    }
}
