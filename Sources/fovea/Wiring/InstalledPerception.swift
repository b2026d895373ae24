import Domain
import Foundation
import Perception
import Telemetry

/// The models that are installed, ready to look.
struct InstalledPerception {
    let analyzer: any Analyzer
    /// What would be done, in this order.
    let plan: [PlanStep]
    /// How each analysis will go; kinds that this version does not know are `off`.
    let states: [AnalysisKind: AnalysisState]
    /// What is missing, and what to do about it.
    let remedies: [String]

    /// Without models: for commands that look at nothing.
    static var none: InstalledPerception { InstalledPerception(folder: ModelFolder("/nonexistent")) }

    /// Loads the models of this installation. `timing` is told how long each step took on each picture.
    static func load(
        timing: @escaping @Sendable (String, Duration) -> Void = { _, _ in }
    ) -> InstalledPerception {
        InstalledPerception(folder: .installed, timing: timing)
    }

    private init(folder: ModelFolder, timing: @escaping @Sendable (String, Duration) -> Void = { _, _ in }) {
        let analyzer = LocalAnalyzer(
            models: folder,
            report: { kind, reason in
                Log.error("a model failed on a picture", ["analysis": kind.rawValue, "reason": reason])
            }, timing: timing)
        self.analyzer = analyzer
        plan = analyzer.plan(for: analyzer.kinds)
        var states = Analysis(states: [:]).states
        for kind in analyzer.kinds { states[kind] = .done }
        for kind in analyzer.problems.keys { states[kind] = .unavailable }
        self.states = states
        let gaps = analyzer.gaps.flatMap { kind, gaps in gaps.map { (kind, $0) } }
        remedies = (analyzer.problems.map { ($0.key, $0.value) } + gaps)
            .map { kind, remedy in "\(kind.rawValue): \(remedy)" }.sorted()
    }
}

extension ModelFolder {
    /// `$FOVEA_MODELS`; else the first folder `models` with something in it, beside the program or in a folder above
    /// it, which in a checkout is the one that `make models` fills.
    static var installed: ModelFolder {
        if let given = ProcessInfo.processInfo.environment["FOVEA_MODELS"], !given.isEmpty { return ModelFolder(given) }
        var folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        while folder.path != "/" {
            let candidate = ModelFolder(folder.appending(path: "models"))
            if candidate.inventory().contains(where: \.isPresent) { return candidate }
            folder.deleteLastPathComponent()
        }
        return ModelFolder(FileManager.default.currentDirectoryPath + "/models")
    }
}
