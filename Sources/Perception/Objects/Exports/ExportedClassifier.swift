internal import Domain
internal import Inference

/// A classifier exported with Ultralytics: says which of its classes the whole picture is.
struct ExportedClassifier: AnalysisTask {
    let name: String
    let kind = AnalysisKind.labels
    let model: String
    let views = [PictureView.whole]
    var gaps: [String] { export.gaps(of: classes) }

    private let export: UltralyticsExport
    private let classes: [String]

    /// A classifier must choose one of its classes, also for a picture of something else; below this, 0…1, its first
    /// choice is mostly that. At 0.5 there is at most one.
    static let threshold = 0.5

    init(_ export: UltralyticsExport, version: String) throws(UnavailableError) {
        guard export.trial.count == 1, let answer = export.trial.first?.shape, answer.count == 2, answer[0] == 1 else {
            throw UnavailableError(
                description: "\(export.name) answers \(export.answerShapes), which is no answer of a YOLOv8 classifier")
        }
        classes = try export.classes(answer[1])
        self.export = export
        name = "labels-\(export.name)"
        model = "\(export.name)@\(version)"
    }

    func look(
        at picture: DecodedPicture, into analysis: inout Analysis, evidence: inout Evidence, watch: Stopwatch
    ) throws(LookFailure) {
        let sure = try classes(of: try picture.pixels(of: .whole)).filter { $0.probability >= Self.threshold }
        evidence.statements += sure.map { Evidence.Statement(name: $0.name, confidence: $0.probability) }
    }

    /// Its classes, each with how likely it is for a picture, 0…1.
    func classes(of picture: Pixels) throws(LookFailure) -> [(name: String, probability: Double)] {
        let sheet = picture.resampled(Self.part(of: picture, for: export), width: export.width, height: export.height)
        let answer = try export.answer(to: sheet).first?.values ?? []
        guard answer.count == classes.count, let probabilities = Self.probabilities(answer) else {
            throw LookFailure(description: "\(model) answered with something that is no number")
        }
        return zip(classes, probabilities).map { ($0, $1) }
    }

    /// What it is shown: the square in the middle; everything, stretched, where its input is no square. As Ultralytics does
    /// (`classify_transforms`).
    private static func part(of picture: Pixels, for export: UltralyticsExport) -> Area {
        guard export.width == export.height else { return picture.area }
        let side = Double(min(picture.width, picture.height))
        return Area(
            left: (Double(picture.width) - side) / 2, top: (Double(picture.height) - side) / 2, width: side,
            height: side)
    }

    /// Exports answer with probabilities; what others made may answer with scores. `nil` when they are no numbers.
    static func probabilities(_ answer: [Float]) -> [Double]? {
        let isShare = answer.allSatisfy { $0 >= 0 } && abs(answer.reduce(0, +) - 1) < 0.01
        return isShare ? answer.map(Double.init) : softmax(answer, temperature: 1)
    }
}
