public import Domain
internal import Inference

extension LocalAnalyzer {
    /// Loads what is in the folder. What is missing or unusable makes its analysis unavailable and is told in
    /// `problems`, or in `gaps` when the analysis works without; nothing of it is an error here.
    ///
    /// - Parameters:
    ///   - folder: Where `make models` has put the models.
    ///   - precision: In which numbers to calculate; the best for this processor unless a test wants another.
    ///   - report: Told of each analysis that failed on a picture, with the reason, for the log.
    ///   - timing: Told how long each step took on each picture, by its name in the plan.
    public init(
        models folder: ModelFolder, precision: Precision = .best,
        report: @escaping @Sendable (AnalysisKind, String) -> Void = { _, _ in },
        timing: @escaping @Sendable (String, Duration) -> Void = { _, _ in }
    ) {
        var tasks: [any AnalysisTask] = []
        var problems: [AnalysisKind: String] = [:]
        var gaps: [AnalysisKind: [String]] = [:]
        var merging: LabelMerging?
        func load(
            _ kind: AnalysisKind, isExtra: Bool = false, _ make: () throws(UnavailableError) -> any AnalysisTask
        ) {
            do throws(UnavailableError) {
                tasks.append(try make())
            } catch {
                if isExtra {
                    gaps[kind, default: []].append(error.description)
                } else {
                    problems[kind] = error.description
                }
            }
        }
        do throws(InferenceError) {
            let runtime = try InferenceRuntime(library: folder.path(of: .runtime))
            load(.labels) { () throws(UnavailableError) in
                let vocabulary = try Vocabulary(of: folder)
                merging = LabelMerging(vocabulary)
                return try LabelTask(
                    runtime: runtime, folder: folder, precision: precision, classCount: vocabulary.classCount)
            }
            load(.labels, isExtra: true) { () throws(UnavailableError) in
                try ObjectTask(runtime: runtime, folder: folder)
            }
            for file in folder.exports {
                load(.labels, isExtra: true) { () throws(UnavailableError) in
                    try folder.task(for: file, runtime: runtime)
                }
            }
            tasks.append(PropertiesTask())
            load(.faces) { () throws(UnavailableError) in
                try FaceTask(runtime: runtime, folder: folder, precision: precision)
            }
            load(.moderation) { () throws(UnavailableError) in try ModerationTask(runtime: runtime, folder: folder) }
            load(.text) { () throws(UnavailableError) in
                try TextTask(runtime: runtime, folder: folder, precision: precision)
            }
        } catch {
            for kind in [AnalysisKind.labels, .faces, .moderation, .text] { problems[kind] = error.description }
        }
        self.init(
            tasks: tasks, merging: merging, problems: problems, gaps: gaps, report: report, timing: timing)
    }
}
