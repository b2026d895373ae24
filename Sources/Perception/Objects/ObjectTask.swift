internal import Domain
internal import Foundation
internal import Inference

/// Things with boxes: instances of labels, and labels that the label model does not know.
struct ObjectTask: AnalysisTask {
    let name: String
    let kind = AnalysisKind.labels
    var model: String { detector.model }
    let views = [PictureView.whole]

    private let detector: any ObjectDetector
    private let names: ObjectNames

    init(_ detector: any ObjectDetector, name: String, folder: ModelFolder) {
        self.name = name
        self.detector = detector
        let json = FileManager.default.contents(atPath: folder.path(of: .vocabulary))
        names = ObjectNames(json.flatMap { try? Vocabulary(json: $0) })
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

    /// A detector that somebody has put into the folder `detectors`; its version is the time its file was written.
    init(export file: ModelFile, runtime: InferenceRuntime, folder: ModelFolder) throws(UnavailableError) {
        let name = URL(filePath: file.name).deletingPathExtension().lastPathComponent
        let session = try InferenceSession(file, in: folder, runtime: runtime)
        let written = (try? FileManager.default.attributesOfItem(atPath: folder.path(of: file)))?[.modificationDate]
        let version = (written as? Date).map { "\(Int($0.timeIntervalSince1970))" } ?? "1"
        self.init(try YOLO(session, name: name, version: version), name: "objects-\(name)", folder: folder)
    }
}
