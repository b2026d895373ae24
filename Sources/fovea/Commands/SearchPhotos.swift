import ArgumentParsing
import Domain
import Foundation

/// `fovea search`: finds photos by what is in them, beside a running server or without one.
struct SearchPhotos: Command {
    static let syntax = CommandSyntax(
        "search", summary: "Find photos by what is in them.",
        operands: .init("QUERY…", help: "what to look for, in plain words"),
        options: [
            .data,
            OptionSyntax("--limit", "N", help: "show at most N photos (default 20)"),
            OptionSyntax("--json", help: "one photo a line, as JSON"),
        ],
        notes: """
            A query:
              dog beach             both words, in any form
              "golden retriever"    these words, side by side
              mount*                every word that begins so
              label:Dog             exactly this label (label:"Coffee Mug")
              bucket:incoming       in this bucket
            """)

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let limit = try arguments.integer("--limit", in: 1...200) ?? 20
        let query = arguments.operands.joined(separator: " ")
        let owner = try FolderOwner.of(arguments.dataFolder)
        let target = "/api/v1/photos?limit=\(limit)&q=\(query.urlEncoded)"
        let found = try await owner.get(target, as: PhotoListDocument.self)
        if arguments.has("--json") {
            for photo in found.photos { Terminal.print(String(decoding: try photo.json(), as: UTF8.self) + "\n") }
            return .success
        }
        guard !found.photos.isEmpty else {
            Terminal.print("Nothing found for “\(Terminal.visible(query))”.\n")
            return .success
        }
        let names = found.photos.map { Terminal.visible($0.key?.description ?? "") }
        let width = names.map(\.count).max() ?? 0
        for (name, photo) in zip(names, found.photos) {
            let padding = String(repeating: " ", count: width - name.count)
            Terminal.print("\(name)\(padding)  \(photo.summary)  \(Terminal.dim(photo.id?.description ?? ""))\n")
        }
        if found.next != nil { Terminal.print("… and more; --limit shows them.\n") }
        return .success
    }
}
