import ArgumentParsing
import Domain
import Foundation
import HTTPServer

/// `fovea alerts`: what somebody is told of at once; tries a rule on past photos, adds it, removes it.
struct Alerts: Command {
    static let syntax = CommandSyntax(
        "alerts", summary: "Be told at once of photos with something in them.",
        operands: .init("ACTION", help: "what to do; without one, the alerts are listed", least: 0),
        options: [
            .data,
            OptionSyntax("--bucket", "B", help: "only photos of this bucket (default: all)"),
            OptionSyntax("--notify", "R", help: "whom to tell: owner, e-mail addresses, URLs, with commas between"),
            OptionSyntax("--quiet", "T", help: "be silent for so long after each alert: 90s, 10m, 2h, 1d"),
            OptionSyntax("--limit", "N", help: "show at most N photos that match (default 10)"),
            OptionSyntax("--json", help: "as JSON"),
        ],
        notes: """
            Actions:
              try 'CONDITION'         which past photos it would have told of
              add NAME 'CONDITION'    tell of such photos from now on; changes the alert of that name
              remove NAME             tell no more

            Conditions, in quotes:
              'label Car >= 80'       a label, its alias or a kind of it, so sure at least
              'moderation >= 60'      something not everybody wants to see; with a name, that kind alone
              'text contains INVOICE' this text can be read
              'faces >= 3'            so many faces at least
            """)

    private static let path = "/api/v1/alerts"

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let action = arguments.operands.first ?? "list"
        let operands = Array(arguments.operands.dropFirst())
        let isJSON = arguments.has("--json")
        switch action {
        case "list":
            guard operands.isEmpty else { throw UsageError("list takes nothing more") }
            let list = try await FolderOwner.of(arguments.dataFolder).get(path, as: AlertListDocument.self)
            if isJSON { return try printed(list) }
            for alert in list.alerts { Terminal.print(alert.summary) }
            if list.alerts.isEmpty {
                Terminal.print("There is no alert. `fovea alerts --help` tells how to add one.\n")
            }
        case "try":
            let rule = try rule(words: operands[...], arguments)
            let limit = try arguments.integer("--limit", in: 0...100) ?? 10
            let trial = try await FolderOwner.of(arguments.dataFolder)
                .post(try JSONEncoder().encode(rule), to: "\(path)/try?limit=\(limit)", as: AlertTrialDocument.self)
            if isJSON { return try printed(trial) }
            Terminal.print(trial.summary)
        case "add":
            let target = try target(operands.first)
            let rule = try rule(words: operands.dropFirst(), arguments)
            let owner = try FolderOwner.of(arguments.dataFolder)
            let body = try JSONEncoder().encode(rule)
            let alert = try await owner.send(.put, body, to: target, as: AlertDocument.self)
            if isJSON { return try printed(alert) }
            Terminal.print(alert.summary)
            // A misspelt label is a rule like others; that it has never been seen tells.
            let trial = try await owner.post(body, to: "\(path)/try?limit=0", as: AlertTrialDocument.self)
            if trial.looked > 0, trial.matches == 0 {
                let photos = trial.looked == 1 ? "one photo" : "\(trial.looked) photos"
                Terminal.print("Of \(photos) looked at so far, none would have set it off.\n")
            }
        case "remove":
            guard operands.count == 1 else { throw UsageError("remove needs the name of one alert") }
            try await FolderOwner.of(arguments.dataFolder).delete(try target(operands.first))
            Terminal.print("\(Terminal.visible(operands[0])) is removed.\n")
        default: throw UsageError("there is no action “\(Terminal.visible(action))”")
        }
        return .success
    }

    private static func printed(_ value: some Encodable) throws -> ExitStatus {
        try Terminal.print(json: value)
        return .success
    }

    private static func target(_ name: String?) throws -> String {
        guard let name = name.flatMap({ AlertName($0) }) else {
            throw UsageError("an alert needs a name: \(AlertName.rule)")
        }
        return "\(path)/\(name.description.urlEncoded)"
    }

    private static func rule(words: ArraySlice<String>, _ arguments: Arguments) throws -> AlertRuleDocument {
        guard !words.isEmpty else { throw UsageError("a condition is missing: 'label Car >= 80'") }
        let condition: AlertCondition
        do {
            condition = try AlertCondition(words: words.joined(separator: " "))
        } catch {
            let advice = words.count > 1 ? ". Put the condition in quotes; a shell takes > for itself" : ""
            throw UsageError(error.description + advice)
        }
        let bucket = arguments.text("--bucket")
        let name = bucket.flatMap { BucketName($0) }
        if let bucket, name == nil { throw UsageError("“\(Terminal.visible(bucket))” is no name of a bucket") }
        return AlertRuleDocument(
            condition: condition, bucket: name, notify: try arguments.text("--notify").map(recipients),
            quiet: try arguments.text("--quiet").map(seconds))
    }
}
