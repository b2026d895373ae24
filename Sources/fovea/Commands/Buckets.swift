import ArgumentParsing
import Domain
import Foundation
import HTTPServer

/// `fovea buckets`: which buckets there are, what each does with its photos, and whether it has done so.
struct Buckets: Command {
    static let syntax = CommandSyntax(
        "buckets", summary: "List buckets and their rules; make, change, remove them.",
        operands: .init("ACTION", help: "what to do; without one, the buckets are listed", least: 0),
        options: [
            .data,
            OptionSyntax("--retention", "RULE", help: Retention.rule),
            OptionSyntax(
                "--analyses", "LIST", help: "what is looked for: labels,faces,people,moderation,text; or none"),
            OptionSyntax("--notify", "LIST", help: "who is told of results: owner, addresses, URLs; or none"),
            OptionSyntax("--origins", "LIST", help: "pages elsewhere that may put pictures in; or none"),
            OptionSyntax("--upload", "WHO", help: "who may put pictures in: anyone, members, owner"),
            OptionSyntax("--view", "WHO", help: "who may see what is in it: members, owner"),
            OptionSyntax("--per-minute", "N", help: "pictures that one address may put in within a minute"),
            OptionSyntax("--per-day", "N", help: "… within a day"),
            OptionSyntax("--max-labels", "N", help: "show at most N labels"),
            OptionSyntax("--min-confidence", "C", help: "show labels from this confidence on"),
            OptionSyntax("--yes", help: "erase originals that a new retention lets go, without being asked"),
            OptionSyntax("--json", help: "as JSON"),
        ],
        notes: """
            Actions:
              show NAME      its rules, and whether what was to be erased is gone
              create NAME    make one, with the rules that the options say
              set NAME       change the rules that the options say
              remove NAME    remove one that holds no photo

            A LIST has commas between its entries; its option may also be repeated.
            """)

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let action = arguments.operands.first ?? "list"
        let names = arguments.operands.dropFirst()
        guard ["list", "show", "create", "set", "remove"].contains(action) else {
            throw UsageError("there is no action “\(action)”")
        }
        guard names.count == (action == "list" ? 0 : 1) else {
            throw UsageError(action == "list" ? "list takes nothing more" : "\(action) needs the name of one bucket")
        }
        let rules = try BucketRules(arguments)
        guard rules.isEmpty || ["create", "set"].contains(action) else {
            throw UsageError("\(action) changes nothing; `fovea buckets set NAME` does")
        }
        guard !rules.isEmpty || action != "set" else { throw UsageError("set needs at least one option to change") }
        let owner = try FolderOwner.of(arguments.dataFolder)
        let isJSON = arguments.has("--json")
        guard let text = names.first else { return try await list(owner, isJSON: isJSON) }
        guard let name = BucketName(text) else {
            throw UsageError("“\(Terminal.visible(text))” is no name of a bucket: it has \(BucketName.rule)")
        }
        switch action {
        case "show": try await show(name, owner, isJSON: isJSON)
        case "create": try await create(name, rules, owner, isJSON: isJSON)
        case "set": try await change(name, rules, owner, mayErase: arguments.has("--yes"), isJSON: isJSON)
        default:
            try await owner.delete(path(name))
            Terminal.print("\(name) is removed.\n")
        }
        return .success
    }

    private static let path = "/api/v1/buckets"

    private static func path(_ name: BucketName) -> String { "\(path)/\(name)" }

    private static func list(_ owner: FolderOwner, isJSON: Bool) async throws -> ExitStatus {
        let list = try await owner.get(path, as: BucketListDocument.self)
        if isJSON {
            try Terminal.print(json: list)
        } else {
            Terminal.print(list.table)
        }
        return .success
    }

    private static func show(_ name: BucketName, _ owner: FolderOwner, isJSON: Bool) async throws {
        let document = try await owner.get(path(name), as: BucketDocument.self)
        let proof = try await owner.get(path(name) + "/retention", as: RetentionDocument.self)
        if isJSON { return try Terminal.print(json: BucketReport(bucket: document, retention: proof)) }
        Terminal.print(document.rules + proof.words(isServed: owner.isServer))
    }

    private static func create(
        _ name: BucketName, _ rules: BucketRules, _ owner: FolderOwner, isJSON: Bool
    ) async throws {
        let there = try await owner.get(path, as: BucketListDocument.self).buckets
        guard !there.contains(where: { $0.bucket.name == name }) else {
            throw BucketRefused("There is a bucket “\(name)” already; `fovea buckets set \(name)` changes it.")
        }
        let made = try await owner.send(.put, try rules.json(), to: path(name), as: BucketDocument.self)
        if isJSON { return try Terminal.print(json: made) }
        Terminal.print("\(name) is made.\n" + made.rules)
    }

    private static func change(
        _ name: BucketName, _ rules: BucketRules, _ owner: FolderOwner, mayErase: Bool, isJSON: Bool
    ) async throws {
        if let retention = rules.retention, retention != .keep, !mayErase {
            let before = try await owner.get(path(name), as: BucketDocument.self)
            let count = before.holds.originals
            guard count == 0 || before.bucket.retention == retention else {
                throw BucketRefused(
                    "“\(name)” keeps \(count == 1 ? "1 original" : "\(count) originals"), and “\(retention)” holds for"
                        + " what is there as well: nobody could bring back what it erases. Add --yes if that is meant.")
            }
        }
        let changed = try await owner.send(.patch, try rules.json(), to: path(name), as: BucketDocument.self)
        if isJSON { return try Terminal.print(json: changed) }
        Terminal.print(changed.rules)
        if changed.holds.due > 0, !owner.isServer {
            Terminal.print("No server runs on this data folder; the next one erases what is due.\n")
        }
    }
}

/// What a change of a bucket would do that nobody has asked for.
private struct BucketRefused: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// A bucket with the proof of its retention.
private struct BucketReport: Encodable {
    let bucket: BucketDocument
    let retention: RetentionDocument
}
