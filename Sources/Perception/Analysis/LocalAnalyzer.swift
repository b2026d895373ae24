public import Domain
internal import Inference

/// Looks at pictures with Fovea's own models, on this machine. Usable from any number of lanes at once.
public struct LocalAnalyzer: Analyzer {
    /// Why an analysis that this version knows is unavailable here, and what to do about it.
    public let problems: [AnalysisKind: String]
    /// What analyses that do work here leave out, and what to do about it: a face without an age, for example.
    public let gaps: [AnalysisKind: [String]]

    private let tasks: [any AnalysisTask]
    private let merging: LabelMerging?
    private let report: @Sendable (AnalysisKind, String) -> Void
    private let watch: Stopwatch

    /// - Parameters:
    ///   - tasks: In the order in which they look. Those of an analysis with a problem are left out.
    ///   - merging: Makes labels of what the tasks saw; without it there are none.
    ///   - problems: Why analyses cannot be made.
    ///   - gaps: What is left out of others; what the tasks tell of themselves is added.
    init(
        tasks: [any AnalysisTask], merging: LabelMerging? = nil, problems: [AnalysisKind: String] = [:],
        gaps: [AnalysisKind: [String]] = [:],
        report: @escaping @Sendable (AnalysisKind, String) -> Void = { _, _ in },
        timing: @escaping @Sendable (String, Duration) -> Void = { _, _ in }
    ) {
        let tasks = tasks.filter { problems[$0.kind] == nil }
        var gaps = gaps.filter { problems[$0.key] == nil }
        for task in tasks where !task.gaps.isEmpty { gaps[task.kind, default: []] += task.gaps }
        self.problems = problems
        self.gaps = gaps
        self.tasks = tasks
        self.merging = merging
        self.report = report
        watch = Stopwatch(report: timing)
    }

    /// The analyses that can be made here.
    public var kinds: Set<AnalysisKind> { Set(tasks.map(\.kind)) }

    /// What would be done for the given analyses, in this order.
    public func plan(for kinds: Set<AnalysisKind>) -> [PlanStep] {
        tasks.filter { kinds.contains($0.kind) }
            .map { PlanStep(name: $0.name, kind: $0.kind, model: $0.model, views: $0.views) }
    }

    /// The views that the models of these analyses need; each once.
    public func views(for kinds: Set<AnalysisKind>) -> [PictureView] {
        var views: [PictureView] = []
        for view in plan(for: kinds).flatMap(\.views) where !views.contains(view) {
            views.append(view)
        }
        return views
    }

    /// The models that look, by the names of their steps. Without them all, an analysis is made by fewer.
    public func models(for kinds: Set<AnalysisKind>) -> [String: String] {
        Dictionary(plan(for: kinds).map { ($0.name, $0.model) }) { first, _ in first }
    }

    /// Runs the models one after the other on the caller's thread. Never throws: a model that is missing makes its
    /// analysis `unavailable`, one that fails makes it `failed`.
    public func analyze(
        _ picture: DecodedPicture, for kinds: Set<AnalysisKind>
    ) async throws(ProcessingError) -> Analysis {
        var analysis = Analysis(states: Dictionary(uniqueKeysWithValues: kinds.map { ($0, .unavailable) }))
        var evidence = Evidence()
        // After one task of an analysis has failed the others could only give half an answer.
        for task in tasks where kinds.contains(task.kind) && analysis.states[task.kind] != .failed {
            do throws(LookFailure) {
                try watch.time(task.name) { () throws(LookFailure) in
                    try task.look(at: picture, into: &analysis, evidence: &evidence, watch: watch)
                }
                analysis.states[task.kind] = .done
                analysis.models[task.name] = task.model
            } catch {
                analysis.states[task.kind] = .failed
                report(task.kind, error.description)
            }
        }
        if analysis.states[.labels] == .done, let merging {
            analysis.labels = watch.time("merge") {
                merging.labels(from: evidence, faces: analysis.faces, text: analysis.text, facts: picture.facts)
            }
        }
        analysis.moderateThings()
        return analysis
    }
}

/// One entry of the plan: which models look for what, and at which views.
public struct PlanStep: Sendable, Equatable {
    /// What times are told by; the times of its parts are told as `name/part`.
    public let name: String
    /// The analysis it belongs to.
    public let kind: AnalysisKind
    /// The models and their versions, joined by `+`.
    public let model: String
    /// The views it needs.
    public let views: [PictureView]
}
