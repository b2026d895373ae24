internal import Domain
internal import Inference

/// A detector exported with Ultralytics, YOLOv8 or one of its successors; of one that also finds outlines (`segment`) or
/// joints (`pose`), the boxes.
struct YOLO: ObjectDetector {
    let model: String
    let classes: [String]
    /// Of YOLOv8n's detections at 0.3, six in ten are confirmed by another detector.
    let threshold = 0.3
    /// What is missing for its labels to mean something, with the remedy.
    var gaps: [String] { export.gaps(of: classes) }

    private let export: UltralyticsExport
    private let layout: Layout
    private let margin: Margin

    /// How a picture lies on the input when it is not of its proportions.
    struct Margin {
        /// What is laid round it.
        var grey: UInt8
        /// Whether it lies in the middle, else at the top left.
        var isEven: Bool

        /// As Ultralytics does (`LetterBox`).
        static let ultralytics = Margin(grey: 114, isEven: true)
    }

    /// How an answer tells boxes; one row or column of it is one box.
    enum Layout: Equatable {
        /// `[1, 4 + classes + others, places]`: for each place of some grids the middle and size of a box, in pixels of the
        /// input, then how likely each class is.
        case places(classes: Int)
        /// `[1, boxes, 6 + others]`, of an export with `nms=True` or a network that needs none: left, top, right, bottom,
        /// how sure, which class; the surest first, the rest zeros.
        case boxes
    }

    init(_ export: UltralyticsExport, version: String, margin: Margin = .ultralytics) throws(UnavailableError) {
        guard ["detect", "segment", "pose", nil].contains(export.task) else {
            throw UnavailableError(
                description: "\(export.name) was trained for “\(export.task ?? "")”, which gives no labels; "
                    + "use one for detection, segmentation, poses or classification")
        }
        guard let layout = Layout(export) else {
            throw UnavailableError(
                description: "\(export.name) answers \(export.answerShapes), which is no answer of a YOLOv8 detector "
                    + (export.names.map { "for its \($0.count) classes" } ?? "whose classes have no names"))
        }
        switch layout {
        case .places(let count): classes = try export.classes(count)
        case .boxes: classes = export.names ?? []
        }
        self.export = export
        self.layout = layout
        self.margin = margin
        model = "\(export.name)@\(version)"
    }

    /// Takes a loaded model that is used to pictures at the top left of its input, with `grey` round them; throws when it
    /// is no detector.
    init(_ session: InferenceSession, name: String, version: String, grey: UInt8) throws(UnavailableError) {
        try self.init(
            try UltralyticsExport(session, name: name), version: version, margin: Margin(grey: grey, isEven: false))
    }

    /// All that is surer than `threshold` in a picture, each once, surest first.
    ///
    func detections(in picture: Pixels, threshold: Double) throws(LookFailure) -> [Detection] {
        let (width, height) = (export.width, export.height)
        let scale = min(Double(width) / Double(picture.width), Double(height) / Double(picture.height))
        let small = (
            width: min(max(Int((Double(picture.width) * scale).rounded()), 1), width),
            height: min(max(Int((Double(picture.height) * scale).rounded()), 1), height)
        )
        let (left, top) = margin.isEven ? ((width - small.width) / 2, (height - small.height) / 2) : (0, 0)
        let sheet = picture.resampled(width: small.width, height: small.height)
            .padded(width: width, height: height, left: left, top: top, grey: margin.grey)
        guard let output = try export.answer(to: sheet).first(where: { $0.shape.count == 3 }) else {
            throw LookFailure(description: "\(model) did not answer")
        }
        let found: [Detection]
        switch layout {
        case .places(let classes): found = Self.detections(output, classes: classes, threshold: threshold)
        case .boxes: found = Self.detections(boxes: output, threshold: threshold)
        }
        // Some converters leave boxes relative to the input.
        let isRelative = layout != .boxes && output.values.prefix(2 * output.shape[2]).allSatisfy { $0 <= 2 }
        let (x, y) = isRelative ? (Double(width), Double(height)) : (1, 1)
        return found.map {
            $0.scaled(x: x, y: y).moved(x: -Double(left), y: -Double(top)).scaled(x: 1 / scale, y: 1 / scale)
        }
        .suppressed()
    }
}
