import Domain

extension PhotoDocument {
    /// What was found, in a few words: `Cat 98 · Animal 99`, or why nothing was.
    var summary: String {
        switch status {
        case .queued: "waiting to be looked at"
        case .analysing: "being looked at"
        case .failed: "failed: \(error?.message ?? "")"
        case .analysed: analysis?.summary ?? ""
        }
    }
}

extension Analysis {
    fileprivate var summary: String {
        let sections = [labelSummary, faceSummary, textSummary, moderationSummary].compactMap { $0 }
        return sections.isEmpty ? "nothing sure enough" : sections.joined(separator: "  |  ")
    }

    private var labelSummary: String? {
        switch states[.labels] {
        case .done where labels.isEmpty: nil
        case .done: labels.map { "\($0.name) \(Int($0.confidence.rounded(.down)))" }.joined(separator: " · ")
        case .unavailable: "labels unavailable: the model is missing"
        case .failed: "labels failed"
        case .off, nil: nil
        }
    }

    private var faceSummary: String? {
        guard !faces.isEmpty else { return nil }
        let shown = faces.prefix(3).map(\.inWords).filter { !$0.isEmpty }.joined(separator: "; ")
        let count = faces.count == 1 ? "1 face" : "\(faces.count) faces"
        return shown.isEmpty ? count : "\(count): \(shown)"
    }

    private var textSummary: String? {
        let lines = text.filter { $0.type == .line }.map(\.text)
        guard !lines.isEmpty else { return nil }
        let shown = lines.joined(separator: " / ")
        return "“\(shown.prefix(120))\(shown.count > 120 ? "…" : "")”"
    }

    private var moderationSummary: String? {
        let names = moderation.filter { $0.confidence >= LabelLimits.standard.minConfidence }.map(\.name)
        return names.isEmpty ? nil : "sensitive: " + names.joined(separator: ", ")
    }
}
