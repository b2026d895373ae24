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

@Suite("Composing what is said of faces")
struct FaceTaskTests {
    let picture = Pixels(width: 400, height: 200, red: 90, green: 60, blue: 50)

    private func detected(_ left: Double, _ side: Double, score: Double = 0.9) -> DetectedFace {
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
                score: 0.9, landmarks: face.landmarks)
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
