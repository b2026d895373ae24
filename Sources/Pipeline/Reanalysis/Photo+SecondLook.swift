import Domain

extension Photo {
    /// What becomes of the photo when these findings come. Where it was looked at before and something cannot be looked for
    /// any more, because a model is missing or fails, to keep what is known is better than to have less.
    func outcome(of findings: Findings) -> Outcome {
        guard case .analysed(let known) = state else { return .analysed(findings) }
        let lost = AnalysisKind.allCases.filter { kind in
            let now = findings.analysis.states[kind]
            return known.analysis.states[kind] == .done && (now == .unavailable || now == .failed)
        }
        return lost.isEmpty ? .analysed(findings) : .failed(.analysisLost(lost))
    }
}

extension Failure {
    fileprivate static func analysisLost(_ kinds: [AnalysisKind]) -> Failure {
        let names = kinds.map(\.rawValue).joined(separator: ", ")
        return Failure(
            .analysisLost,
            "What was found before cannot be looked for now (\(names)): a model is missing or failed. `fovea doctor` and the"
                + " log tell more.")
    }
}
