import ArgumentParsing
import Domain
import Foundation
import Pipeline
import Telemetry
import Threading

/// `fovea analyze`: looks at files where they lie. Stores nothing and needs no server.
struct Analyze: Command {
    static let syntax = CommandSyntax(
        "analyze", summary: "Look at files and folders, and say what is in them.",
        operands: .init("PATH…", help: "files, and folders with all that is below them"),
        options: [
            OptionSyntax("--json", help: "one JSON object a line for each file, failures included"),
            OptionSyntax("--max-labels", "N", help: "at most N labels a picture (default 10)"),
            OptionSyntax("--min-confidence", "P", help: "only labels at least so sure, 0 to 100 (default 75)"),
            OptionSyntax("--only", "KINDS", help: "look for these only, with commas: labels, faces, moderation, text"),
            OptionSyntax("--explain", help: "say which models looked, and how long each took"),
            .data,
        ],
        notes: """
            Text is looked for where a picture has strokes; with --only text, everywhere in it.

            Exit status: 0 when every picture was looked at, 1 when one could not be, 2 for wrong usage.
            """)

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        var limits = LabelLimits.standard
        if let most = try arguments.integer("--max-labels", in: 0...1000) { limits.maxLabels = most }
        if let least = try arguments.number("--min-confidence", in: 0...100) { limits.minConfidence = least }
        let kinds = try arguments.text("--only").map(Self.kinds) ?? FileExaminer.allKinds
        let selection = FileSelection(arguments.operands)
        let times = StepTimes()
        let perception = InstalledPerception.load { step, time in times.add(time, to: step) }
        for remedy in perception.remedies { Log.warning("an analysis is unavailable", ["remedy": remedy]) }

        let report = AnalysisReport(asJSON: arguments.has("--json"), total: selection.paths.count)
        let documents = documents(for: selection.paths, analyzer: perception.analyzer, kinds: kinds, limits: limits)
        let failures = try await report.print(documents)
        if selection.leftOut > 0 {
            Log.info("files that are no pictures were left out", ["files": selection.leftOut])
        }
        if arguments.has("--explain") {
            let explanation = perception.plan.explained(with: times)
            Terminal.print(explanation, to: arguments.has("--json") ? STDERR_FILENO : STDOUT_FILENO)
        }
        return failures == 0 ? .success : .failure
    }

    /// Looks at all files, as many at a time as there are cores; the documents come with their place in the list.
    private static func documents(
        for paths: [String], analyzer: any Analyzer, kinds: Set<AnalysisKind>, limits: LabelLimits
    ) -> AsyncStream<(Int, PhotoDocument)> {
        AsyncStream { continuation in
            let work = Task {
                let queue = Bookmark(count: paths.count)
                await withTaskGroup { group in
                    for lane in 0..<min(paths.count, ProcessInfo.processInfo.activeProcessorCount) {
                        group.addTask(executorPreference: ThreadExecutor(name: "lane-\(lane)")) {
                            let examiner = FileExaminer(
                                decoder: ConfinedDecoder(DecodeConfined.process()), analyzer: analyzer, kinds: kinds)
                            while let place = queue.next(), !Task.isCancelled {
                                let document = await examiner.document(of: paths[place], limits: limits)
                                continuation.yield((place, document))
                            }
                        }
                    }
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in work.cancel() }
        }
    }

    /// What a list such as `faces,text` means.
    private static func kinds(_ list: String) throws(UsageError) -> Set<AnalysisKind> {
        var kinds: Set<AnalysisKind> = []
        for name in list.split(separator: ",", omittingEmptySubsequences: false) {
            guard let kind = AnalysisKind(rawValue: String(name)), FileExaminer.allKinds.contains(kind) else {
                throw UsageError("--only takes labels, faces, moderation and text, with commas between, not “\(name)”")
            }
            kinds.insert(kind)
        }
        return kinds
    }
}
