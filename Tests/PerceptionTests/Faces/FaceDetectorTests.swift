import Domain
import Foundation
import Inference
import Synchronization
import Testing

@testable import Perception

@Suite("Finding faces")
struct FaceDetectorTests {
    @Test("CenterFace's maps become a box and landmarks")
    func centerFace() throws {
        // 3 × 2 cells; a face in the cell at column 1, row 1.
        func map(_ planes: [Float]) -> Tensor {
            Tensor(shape: [1, planes.count, 2, 3], values: planes.flatMap { [0, 0, 0, 0, $0, 0] })
        }
        let maps = [
            "heatmap": map([0.9]), "scale": map([logf(5), logf(3)]), "offset": map([0.25, -0.25]),
            "landmarks": map([0.25, 0.5, 0, 0, 0.5, 0.25, 1, 1, 0.75, 0]),
        ]
        let face = try #require(CenterFace.faces(maps, width: 3, height: 2, faintest: 0.5).first)
        // 12 × 20 pixels about (5, 7); what lies above the picture is moved into it.
        #expect(rounded(face.area) == [0, 0, 12, 20])
        #expect(abs(face.score - 0.9) < 1e-6)
        #expect(face.landmarks.map { rounded($0) } == [[6, 5], [0, 0], [3, 10], [12, 20], [0, 15]])
        #expect(CenterFace.faces(maps, width: 3, height: 2, faintest: 0.95).isEmpty)
    }

    @Test("YuNet's grid becomes a box and landmarks, and its score is the mean of two")
    func yuNet() throws {
        // 2 × 2 cells of 16 pixels; a face at column 1, row 1.
        func map(_ numbers: [Float]) -> Tensor {
            let depth = numbers.count
            return Tensor(shape: [1, 4, depth], values: [Float](repeating: 0, count: depth * 3) + numbers)
        }
        let maps = [
            "cls_16": map([0.81]), "obj_16": map([1]), "bbox_16": map([0.5, 0.25, logf(0.5), logf(0.75)]),
            "kps_16": map([0, 0, 0.5, 0, 0.25, 0.25, 0, 0.5, 0.5, 0.5]),
        ]
        let face = try #require(YuNet.faces(maps, stride: 16, columns: 2, faintest: 0.6).first)
        #expect(rounded(face.area) == [20, 14, 8, 12])
        #expect(abs(face.score - 0.9) < 1e-6)
        #expect(face.landmarks.map { rounded($0) } == [[16, 16], [24, 16], [20, 20], [16, 24], [24, 24]])
        #expect(YuNet.faces(maps, stride: 16, columns: 2, faintest: 0.95).isEmpty)
    }

    @Test("Of faces over each other the surest stays; one that is made of no numbers goes")
    func suppression() {
        let sure = detected(left: 10, score: 0.9)
        let broken = detected(left: .nan, score: 1)
        let kept = [detected(left: 12, score: 0.8), sure, broken, detected(left: 40, score: 0.7)].suppressed()
        #expect(kept.map(\.score) == [0.9, 0.7])
    }

    @Test("A second look at less of the pixels, only where nothing is sure", arguments: [0.95, 0.6, 0])
    func secondLook(score: Double) throws {
        let detector = StubDetector(score: score)
        let faces = try detector.faces(in: Pixels(width: 1000, height: 500, red: 0, green: 0, blue: 0))
        #expect(detector.sheets.withLock { $0 } == (score == 0.95 ? [[640, 320]] : [[640, 320], [256, 128]]))
        #expect(faces.isEmpty == (score == 0))
    }

    @Test("Faces are given in the pixels of the picture, whose sheet is padded to multiples of 32")
    func scaling() throws {
        let detector = StubDetector(score: 0.95)
        let picture = Pixels(width: 1280, height: 700, red: 0, green: 0, blue: 0)
        let face = try #require(try detector.faces(in: picture).first)
        #expect(detector.sheets.withLock { $0 } == [[640, 352]])
        #expect(rounded(face.area) == [20, 40, 60, 80])
        #expect(rounded(face.landmarks[1]) == [40, 40])
    }

    private func detected(left: Double, score: Double) -> DetectedFace {
        DetectedFace(area: Area(left: left, top: 0, width: 10, height: 10), score: score, landmarks: [])
    }

    private func rounded(_ area: Area) -> [Double] {
        [area.left, area.top, area.width, area.height].map { ($0 * 1000).rounded() / 1000 }
    }

    private func rounded(_ point: PixelPoint) -> [Double] {
        [point.x, point.y].map { ($0 * 1000).rounded() / 1000 }
    }
}

/// Finds one face at the same place of every sheet, and remembers the sheets.
final class StubDetector: FaceDetector {
    let model = "stub@1"
    let faintest = 0.3
    let certainty = LogisticCalibration(slope: 1, offset: 0)
    let template = [(50.0, 50.0), (100, 50), (75, 75), (55, 100), (95, 100)].map(PixelPoint.init)
    let sheets = Mutex<[[Int]]>([])
    private let found: [DetectedFace]

    init(_ found: [DetectedFace]) {
        self.found = found
    }

    convenience init(score: Double) {
        let points = [(10.0, 20.0), (20, 20), (15, 25), (12, 30), (18, 30)].map(PixelPoint.init)
        let area = Area(left: 10, top: 20, width: 30, height: 40)
        self.init(score > 0 ? [DetectedFace(area: area, score: score, landmarks: points)] : [])
    }

    func candidates(in picture: Pixels) throws(LookFailure) -> [DetectedFace] {
        sheets.withLock { $0.append([picture.width, picture.height]) }
        return found
    }
}
