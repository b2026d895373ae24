internal import Domain
internal import Inference

/// What not everybody wants to see, by what is bare (NudeNet) and by the picture as a whole (NSFW MobileNet).
struct ModerationTask: AnalysisTask {
    let kind = AnalysisKind.moderation
    var model: String {
        [detector?.model, judge.map { _ in PictureJudge.model }].compactMap { $0 }.joined(separator: "+")
    }
    let views = [PictureView.whole]

    private let detector: YOLO?
    private let judge: PictureJudge?

    /// What is less sure than this is not kept, 0…1.
    static let floor = 0.25

    /// A picture whose longer side has fewer pixels shows nobody anything; the models see faces in clouds there: two test
    /// patterns of 32 × 32 were called explicit at 0.85.
    static let leastSide = 64

    /// Loads what is there; one model is enough. Throws when there is none.
    init(runtime: InferenceRuntime, folder: ModelFolder) throws(UnavailableError) {
        var problems: [String] = []
        func load<Model>(_ make: () throws(UnavailableError) -> Model) -> Model? {
            do throws(UnavailableError) {
                return try make()
            } catch {
                problems.append(error.description)
                return nil
            }
        }
        detector = load { () throws(UnavailableError) in
            let session = try InferenceSession(.nudeNet, in: folder, runtime: runtime)
            return try YOLO(session, name: "nudenet-320n", version: "2", grey: 0)
        }
        judge = load { () throws(UnavailableError) in try PictureJudge(runtime: runtime, folder: folder) }
        if detector == nil, judge == nil {
            throw UnavailableError(description: problems.joined(separator: "; "))
        }
    }

    func look(
        at picture: DecodedPicture, into analysis: inout Analysis, evidence: inout Evidence, watch: Stopwatch
    ) throws(LookFailure) {
        let pixels = try picture.pixels(of: .whole)
        guard max(pixels.width, pixels.height) >= Self.leastSide else { return }
        var parts: [ModerationCategory: Double]?
        if let detector {
            parts = try watch.time("moderation/parts") { () throws(LookFailure) in
                let found = try detector.detections(in: pixels, threshold: Self.witnessFloor)
                let faces = analysis.faces.map(\.box)
                return Self.parts(found.filter { !$0.isIn(faces, of: pixels) }, classes: detector.classes)
            }
        }
        var verdict: PictureJudge.Verdict?
        if let judge {
            verdict = try watch.time("moderation/judge") { () throws(LookFailure) in try judge.verdict(on: pixels) }
        }
        analysis.moderation = [ModerationLabel](
            Self.confidences(parts: parts, verdict: verdict), floor: Self.floor)
    }

    /// The surest of each category.
    private static func parts(_ found: [Detection], classes: [String]) -> [ModerationCategory: Double] {
        found.reduce(into: [:]) { parts, detection in
            guard classes.indices.contains(detection.number),
                let category = ModerationCategory(nudeNet: classes[detection.number])
            else { return }
            parts[category] = max(parts[category] ?? 0, detection.score)
        }
    }
}

extension Detection {
    /// Whether its middle is in a face: mouths and moustaches are mistaken for worse.
    fileprivate func isIn(_ faces: [Box], of picture: Pixels) -> Bool {
        let x = (area.left + area.width / 2) / Double(picture.width)
        let y = (area.top + area.height / 2) / Double(picture.height)
        return faces.contains { face in
            face.left <= x && x <= face.left + face.width && face.top <= y && y <= face.top + face.height
        }
    }
}
