public import Domain
public import Telemetry

/// Looks at one picture: decodes it once, and shows the pixels to the models.
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

    /// Looks for the given things in the picture in `file`; makes a thumbnail where a side is given.
    public func examine(
        _ file: OpenFile, for kinds: Set<AnalysisKind>, thumbnailSide: Int?
    ) async throws(ProcessingError) -> (findings: Findings, thumbnail: [UInt8]?) {
        let order = DecodeOrder(thumbnailSide: thumbnailSide, views: analyzer.views(for: kinds))
        let picture = try await metrics.measure(.stage, ["stage": "decode"]) { () async throws(ProcessingError) in
            try await decoder.decode(file, for: order)
        }
        let analysis = try await metrics.measure(.stage, ["stage": "see"]) { () async throws(ProcessingError) in
            try await analyzer.analyze(picture, for: kinds)
        }
        return (Findings(picture: picture.facts, analysis: analysis), picture.thumbnail)
    }
}
