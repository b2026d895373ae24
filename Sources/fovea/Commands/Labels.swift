import ArgumentParsing
import Domain
import Foundation

/// `fovea labels`: the labels that were taught; teaches them, and carries them from one library to another.
struct Labels: Command {
    static let syntax = CommandSyntax(
        "labels", summary: "Teach labels by examples; list, export, import them.",
        operands: .init("ACTION", help: "what to do; without one, the taught labels are listed", least: 0),
        options: [
            .data,
            OptionSyntax("--limit", "N", help: "show at most N photos to review (default 10)"),
            OptionSyntax("--json", help: "as JSON"),
        ],
        notes: """
            Actions:
              show NAME          its examples, and how it fares on them
              teach NAME ID…     these photos are examples; from three on it is found in others
              reject NAME ID…    these photos are none
              clear NAME ID…     take back what was said of these photos
              review NAME        the photos that it is least sure of
              delete NAME        forget it, and take it off every photo
              export NAME        write it to standard output as a file
              import FILE        take in such a file

            `fovea search` shows the ids of photos.
            """)

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let action = arguments.operands.first ?? "list"
        let operands = Array(arguments.operands.dropFirst())
        try check(action, operands)
        let limit = try arguments.integer("--limit", in: 1...200) ?? 10
        let owner = try FolderOwner.of(arguments.dataFolder)
        let isJSON = arguments.has("--json")
        switch action {
        case "list": try show(try await owner.get(Self.path, as: TaughtLabelList.self), isJSON: isJSON)
        case "show": try show(try await owner.get(try path(operands[0]), as: TaughtLabelDocument.self), isJSON: isJSON)
        case "review":
            let target = try path(operands[0]) + "/candidates?limit=\(limit)"
            try review(try await owner.get(target, as: PhotoListDocument.self), of: operands[0], isJSON: isJSON)
        case "delete":
            try await owner.delete(try path(operands[0]))
            Terminal.print("\(Terminal.visible(operands[0])) is forgotten.\n")
        case "export":
            try Terminal.print(json: try await owner.get(try path(operands[0]) + "/export", as: TaughtLabelFile.self))
        case "import":
            guard let file = FileManager.default.contents(atPath: operands[0]) else {
                throw UsageError("cannot read \(Terminal.visible(operands[0]))")
            }
            try show(
                try await owner.post(file, to: "/api/v1/labels/import", as: TaughtLabelDocument.self), isJSON: isJSON)
        default: try show(try await teach(action, operands, owner), isJSON: isJSON)
        }
        return .success
    }

    private static let path = "/api/v1/labels/taught"

    private static func path(_ name: String) throws -> String {
        guard let name = LabelName(name) else { throw UsageError("a name is \(LabelName.rule)") }
        return "\(path)/\(name.description.urlEncoded)"
    }

    private static func check(_ action: String, _ operands: [String]) throws {
        switch action {
        case "list": if !operands.isEmpty { throw UsageError("list takes nothing more") }
        case "show", "review", "delete", "export":
            guard operands.count == 1 else { throw UsageError("\(action) needs the name of one label") }
        case "import": guard operands.count == 1 else { throw UsageError("import needs one file") }
        case "teach", "reject", "clear":
            guard operands.count > 1 else { throw UsageError("\(action) needs the name of a label and ids of photos") }
        default: throw UsageError("there is no action “\(action)”")
        }
    }

    private static func teach(
        _ action: String, _ operands: [String], _ owner: FolderOwner
    ) async throws -> TaughtLabelDocument {
        _ = try path(operands[0])
        let ids = operands.dropFirst()
        if let wrong = ids.first(where: { PhotoID($0) == nil }) {
            throw UsageError("“\(Terminal.visible(wrong))” is no id of a photo; `fovea search` shows them")
        }
        let said = ["teach": "yes", "reject": "no", "clear": "none"][action] ?? ""
        let lesson = TeachingBody(name: operands[0], verdicts: [said: Array(ids)])
        return try await owner.post(try JSONEncoder().encode(lesson), to: path, as: TaughtLabelDocument.self)
    }

    private static func show(_ list: TaughtLabelList, isJSON: Bool) throws {
        if isJSON { return try Terminal.print(json: list) }
        for label in list.labels { Terminal.print(label.summary + "\n") }
        if list.labels.isEmpty { Terminal.print("No label was taught. `fovea labels --help` tells how.\n") }
    }

    private static func show(_ label: TaughtLabelDocument, isJSON: Bool) throws {
        if isJSON { return try Terminal.print(json: label) }
        Terminal.print(label.summary + "\n")
        for example in label.examples ?? [] {
            let note = example.isUsed ? "" : "  not used: nothing to learn from yet"
            Terminal.print("  \(example.verdict == .yes ? "yes" : "no ")  \(example.photo)\(Terminal.dim(note))\n")
        }
    }

    private static func review(_ list: PhotoListDocument, of name: String, isJSON: Bool) throws {
        if isJSON { return try Terminal.print(json: list) }
        for photo in list.photos {
            let labels = photo.analysis?.labels ?? []
            let sure = labels.first { LabelName(name)?.names($0.name) == true }?.confidence ?? 0
            let key = Terminal.visible(photo.key?.description ?? "")
            Terminal.print("\(Int(sure)) %  \(key)  \(Terminal.dim(photo.id?.description ?? ""))\n")
        }
        if list.photos.isEmpty { Terminal.print("There is no photo that it is unsure of.\n") }
    }
}

/// A lesson as it is sent.
private struct TeachingBody: Encodable {
    let name: String
    let verdicts: [String: [String]]

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(name, forKey: Key(stringValue: "name"))
        for (said, ids) in verdicts { try container.encode(ids, forKey: Key(stringValue: said)) }
    }
}
