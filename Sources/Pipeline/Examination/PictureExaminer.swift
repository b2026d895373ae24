public import Domain
public import Telemetry

/// Looks at pictures: each is decoded once, and its pixels are shown to the models.
public struct PictureExaminer: Sendable {
    private let decoder: any PictureDecoder
    private let analyzer: any Analyzer
    private let metrics: Metrics

    /// Puts a decoder and the models together. A decoder handles one picture at a time, so each lane has its own.
    public init(decoder: any PictureDecoder, analyzer: any Analyzer, metrics: Metrics) {
        self.decoder = decoder
        self.analyzer = analyzer
        self.metrics = metrics
    }

    /// Decodes the picture in `file` to what the models need to look for the given things; makes a thumbnail where a side
    /// is given.
    public func decode(
        _ file: OpenFile, for kinds: Set<AnalysisKind>, thumbnailSide: Int?
    ) async throws(ProcessingError) -> DecodedPicture {
        let order = DecodeOrder(thumbnailSide: thumbnailSide, views: analyzer.views(for: kinds))
        return try await metrics.measure(.stage, ["stage": "decode"]) { () async throws(ProcessingError) in
            try await decoder.decode(file, for: order)
        }
    }

    /// Looks for the given things in a picture that was decoded for them.
    public func see(_ picture: DecodedPicture, for kinds: Set<AnalysisKind>) async throws(ProcessingError) -> Findings {
        let analysis = try await metrics.measure(.stage, ["stage": "see"]) { () async throws(ProcessingError) in
            try await analyzer.analyze(picture, for: kinds)
        }
        return Findings(picture: picture.facts, analysis: analysis)
    }
}
