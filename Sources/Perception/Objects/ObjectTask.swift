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
    private let names: ObjectNames

    init(_ detector: any ObjectDetector, name: String, folder: ModelFolder) {
        self.name = name
        self.detector = detector
        names = ObjectNames(of: folder)
    }

    func look(
        at picture: DecodedPicture, into analysis: inout Analysis, watch: Stopwatch
    ) throws(LookFailure) {
        let pixels = try picture.pixels(of: .whole)
        let found = try detector.detections(in: pixels, threshold: detector.threshold)
        let objects = found.compactMap { detection -> (label: String, instance: Label.Instance)? in
            guard detector.classes.indices.contains(detection.number), let area = detection.area.clipped(to: pixels)
            else { return nil }
            let confidence = (min(max(detection.score, 0), 1) * 10_000).rounded() / 100
            return (
                names.label(of: detector.classes[detection.number]),
                Label.Instance(box: Box(area, in: pixels), confidence: confidence)
            )
        }
        analysis.add(objects, names: names)
    }
}

extension ObjectTask {
    /// The detector that `make models` gets.
    init(runtime: InferenceRuntime, folder: ModelFolder) throws(UnavailableError) {
        self.init(try PicoDet(runtime: runtime, folder: folder), name: "objects", folder: folder)
    }
}
