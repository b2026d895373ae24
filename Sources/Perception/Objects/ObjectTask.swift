internal import Domain
internal import Inference

/// Things with boxes: instances of labels, and labels that the label model does not know.
struct ObjectTask: AnalysisTask {
    let name: String
    let kind = AnalysisKind.labels
    var model: String { detector.model }
    let views = [PictureView.whole]
    var gaps: [String] { detector.gaps }

    private let detector: any ObjectDetector
    private let isWeighed: Bool

    /// - Parameter isWeighed: Whether other evidence has a say in how sure its things are: `Evidence.Thing`.
    init(_ detector: any ObjectDetector, name: String, isWeighed: Bool) {
        self.name = name
        self.detector = detector
        self.isWeighed = isWeighed
    }

    func look(
        at picture: DecodedPicture, into analysis: inout Analysis, evidence: inout Evidence, watch: Stopwatch
    ) throws(LookFailure) {
        let pixels = try picture.pixels(of: .whole)
        let found = try detector.detections(in: pixels, threshold: detector.threshold)
        evidence.things += found.compactMap { detection in
            guard detector.classes.indices.contains(detection.number), let area = detection.area.clipped(to: pixels)
            else { return nil }
            return Evidence.Thing(
                name: detector.classes[detection.number], box: Box(area, in: pixels),
                score: min(max(detection.score, 0), 1), isWeighed: isWeighed)
        }
    }
}

extension ObjectTask {
    /// The detector that `make models` gets.
    init(runtime: InferenceRuntime, folder: ModelFolder) throws(UnavailableError) {
        self.init(try PicoDet(runtime: runtime, folder: folder), name: "objects", isWeighed: true)
    }
}
