public import Domain

/// What a running service can do.
public struct Readiness: Sendable, Encodable {
    /// `ready`: photos are taken in.
    public let status = "ready"
    /// How each analysis will go.
    public let analyses: [AnalysisKind: AnalysisState]
    /// What is missing, and what to do about it.
    public let remedies: [String]

    /// Describes what works.
    public init(analyses: [AnalysisKind: AnalysisState], remedies: [String]) {
        self.analyses = analyses
        self.remedies = remedies
    }
}
