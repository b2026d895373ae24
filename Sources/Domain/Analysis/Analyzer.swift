/// Looks at decoded pictures: Fovea's own models, or a service that does the same.
public protocol Analyzer: Sendable {
    /// The views it needs for the given analyses; ordered from the decoder, so nothing is made that nobody reads.
    func views(for kinds: Set<AnalysisKind>) -> [PictureView]

    /// The models that look for the given things here, by task, as `Analysis.models` names them.
    func models(for kinds: Set<AnalysisKind>) -> [String: String]

    /// Looks for the given things. What cannot be looked for has the state `unavailable` or `failed` and never throws;
    /// thrown is only what keeps the whole picture from being looked at.
    func analyze(_ picture: DecodedPicture, for kinds: Set<AnalysisKind>) async throws(ProcessingError) -> Analysis
}
