import Domain
import Synchronization
import Testing

@testable import Perception

/// Says how large the face's box is, or fails.
private struct StubReader: FaceReader {
    var step = "stub"
    var model = "reader@2"
    var failure: String?

    func read(_ found: FoundFace, into face: inout Face) throws(LookFailure) {
        if let failure { throw LookFailure(description: failure) }
        face.ageRange = Face.AgeRange(low: Int(found.detected.area.width), high: 100)
    }
}

/// Says that every face leans by 5°.
private struct LeaningReader: FaceReader {
    var step = "lean"
    var model = "lean@1"

    func read(_ found: FoundFace, into face: inout Face) throws(LookFailure) {
        face.pose = Face.Pose(roll: 5, yaw: 0, pitch: 0)
    }
}

/// Finds a face where the top row of a picture that stands is white.
private struct UprightDetector: FaceDetector {
    let model = "upright@1"
    let faintest = 0.3
    let certainty = LogisticCalibration(slope: 1, offset: 0)
    let template = [(50.0, 50.0), (100, 50), (75, 75), (55, 100), (95, 100)].map(PixelPoint.init)

    func candidates(in picture: Pixels) throws(LookFailure) -> [DetectedFace] {
        guard picture.height > picture.width, picture.rgb[0] > 200, picture.rgb[picture.width] > 200 else { return [] }
        // Sheets are padded to multiples of 32, the picture itself is half as wide as high.
        let unit = Double(picture.height >= 400 ? 400 : picture.height) / 400
        let points = [(30.0, 70.0), (60, 70), (45, 90), (35, 115), (55, 115)].map {
            PixelPoint(x: $0 * unit, y: $1 * unit)
        }
        let area = Area(left: 20 * unit, top: 40 * unit, width: 50 * unit, height: 100 * unit)
        return [DetectedFace(area: area, score: 0.95, landmarks: points)]
    }
}

@Suite("Composing what is said of faces")
struct FaceTaskTests {
    let picture = Pixels(width: 400, height: 200, red: 90, green: 60, blue: 50)

    private func detected(_ left: Double, _ side: Double, score: Double = 0.95) -> DetectedFace {
        let points = [(0.3, 0.3), (0.7, 0.3), (0.5, 0.5), (0.35, 0.75), (0.65, 0.75)].map {
            PixelPoint(x: left + $0 * side, y: $1 * side)
        }
        return DetectedFace(area: Area(left: left, top: 0, width: side, height: side), score: score, landmarks: points)
    }

    private func look(_ task: FaceTask, watch: Stopwatch = .silent) throws -> Analysis {
        var analysis = Analysis(states: [:])
        var evidence = Evidence()
        try task.look(at: picture.decoded, into: &analysis, evidence: &evidence, watch: watch)
        return analysis
    }

    @Test("The largest first, each with what is read of it and relative to the picture")
    func order() throws {
        let detector = StubDetector([detected(0, 20), detected(100, 40, score: 0.8), detected(200, 30)])
        let faces = try look(FaceTask(detector: detector, readers: [StubReader()])).faces
        #expect(faces.map { $0.ageRange?.low } == [40, 30, 20])
        #expect(faces[0].box == Box(left: 0.25, top: 0, width: 0.1, height: 0.2))
        #expect(faces[0].confidence == 80)
        #expect(faces[0].landmarks.map(\.type) == Face.Landmark.Kind.allCases)
        #expect(faces[0].landmarks[1] == Face.Landmark(.eyeRight, x: 128.0 / 400, y: 12.0 / 200))
        #expect(faces[0].quality != nil)
        #expect(faces[0].pose == nil && faces[0].gender == nil && faces[0].vector == nil)
    }

    @Test("A box that reaches beyond the picture is cut at its edge")
    func cut() throws {
        let faces = try look(FaceTask(detector: StubDetector([detected(390, 40)]), readers: [])).faces
        #expect(faces[0].box == Box(left: 0.975, top: 0, width: 0.025, height: 0.2))
    }

    @Test("No more than the hundred largest")
    func limit() throws {
        let crowd = (0..<150).map { detected(Double($0 % 25) * 16, 8 + Double($0 / 25)) }
        // Stubs overlap where they are on one another, so they are laid out in rows.
        let rows = crowd.enumerated().map { number, face in
            DetectedFace(
                area: Area(left: face.area.left, top: Double(number / 25) * 20, width: face.area.width, height: 15),
                score: 0.95, landmarks: face.landmarks)
        }
        let faces = try look(FaceTask(detector: StubDetector(rows), readers: [StubReader()])).faces
        #expect(faces.count == 100)
        #expect(faces.map { $0.box.width } == faces.map { $0.box.width }.sorted(by: >))
        #expect(faces.last?.ageRange?.low == 10)
    }

    @Test("A reader that fails makes the whole analysis fail; without faces nobody is asked")
    func failure() async throws {
        let broken = FaceTask(detector: StubDetector([detected(0, 50)]), readers: [StubReader(failure: "out of order")])
        let analyzer = LocalAnalyzer(tasks: [broken])
        let analysis = try await analyzer.analyze(picture.decoded, for: [.faces])
        #expect(analysis.states[.faces] == .failed)
        #expect(analysis.faces.isEmpty && analysis.models.isEmpty)
        let idle = FaceTask(detector: StubDetector([]), readers: [StubReader(failure: "out of order")])
        #expect(try look(idle).faces.isEmpty)
    }

    @Test("A picture on its side is looked at upright, and its faces are given where they lie")
    func turned() throws {
        let task = FaceTask(detector: UprightDetector(), readers: [LeaningReader()])
        var analysis = Analysis(states: [:])
        // Upright it is 200 × 400, its first row white.
        let upright = Pixels(width: 200, grey: (0..<400).flatMap { [UInt8](repeating: $0 < 40 ? 255 : 0, count: 200) })
        var evidence = Evidence()
        try task.look(at: upright.turned(.left).decoded, into: &analysis, evidence: &evidence, watch: .silent)
        let face = try #require(analysis.faces.first)
        #expect(analysis.faces.count == 1)
        // 20…70 across and 40…140 down when it is upright; the top lies to the left now.
        #expect(near(face.box, Box(left: 0.1, top: 0.65, width: 0.25, height: 0.25)))
        #expect(face.landmarks.first.map { [$0.x, $0.y].map { ($0 * 1000).rounded() } } == [175, 850])
        #expect(face.pose?.roll == -85)
    }

    private func near(_ box: Box, _ other: Box) -> Bool {
        zip([box.left, box.top, box.width, box.height], [other.left, other.top, other.width, other.height])
            .allSatisfy { abs($0 - $1) < 1e-9 }
    }

    @Test("Models are named in one, steps are timed one by one")
    func names() throws {
        let steps = Mutex<[String]>([])
        let task = FaceTask(detector: StubDetector([detected(0, 50)]), readers: [StubReader()], gaps: ["no pose"])
        #expect(task.model == "stub@1+reader@2")
        #expect(task.views.map(\.name) == ["whole"])
        _ = try look(task, watch: Stopwatch { step, _ in steps.withLock { $0.append(step) } })
        #expect(steps.withLock { $0 } == ["faces/detect", "faces/align", "faces/stub"])
        #expect(LocalAnalyzer(tasks: [task]).gaps == [.faces: ["no pose"]])
    }
}
