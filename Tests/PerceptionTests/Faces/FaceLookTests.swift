import Domain
import Synchronization
import Testing

@testable import Perception

@Suite("Looking again for faces")
struct FaceLookTests {
    /// A face of so many pixels wherever it is looked.
    private func stub(side: Double, score: Double, x: Double = 200) -> StubDetector {
        let area = Area(left: x, top: 40, width: side, height: side)
        return StubDetector([DetectedFace(area: area, score: score, landmarks: [])])
    }

    private func picture(_ width: Int, _ height: Int) -> Pixels {
        Pixels(width: width, height: height, red: 0, green: 0, blue: 0)
    }

    @Test("Certainty grows with the score, and says half where it was measured to be half")
    func certainty() {
        let yuNet = LogisticCalibration(slope: 3.70, offset: -4.05)
        #expect(abs(yuNet(0.749) - 0.5) < 0.01)
        #expect(yuNet(0.6) < 0.1 && yuNet(0.9) > 0.95)
        #expect(yuNet(0) >= 0 && yuNet(1) <= 1 && yuNet(0) < yuNet(0.3))
        #expect(yuNet(.nan).isNaN)
    }

    @Test("Faint candidates are not told")
    func faint() throws {
        #expect(try stub(side: 100, score: 0.49).faces(in: picture(256, 192)).isEmpty)
        #expect(try stub(side: 100, score: 0.51).faces(in: picture(256, 192)).count == 1)
    }

    @Test("A large picture is looked at closer where anything in it is small, if only faint", arguments: [0.4, 0.95])
    func closer(score: Double) throws {
        let detector = stub(side: 20, score: score)
        let faces = try detector.faces(in: picture(1280, 960))
        let looks: [[Int]] = score < 0.9 ? [[640, 480], [256, 192]] : [[640, 480]]
        // Two by two parts of 672 × 512.
        #expect(detector.sheets.withLock { $0 } == looks + Array(repeating: [672, 512], count: 4))
        // The first look's face, and one in each part, where it is not shrunk.
        #expect(faces.map { $0.area.width }.sorted() == (score < 0.9 ? [] : [20, 20, 20, 20, 40]))
        #expect(Set(faces.filter { $0.area.width == 20 }.map { $0.area.left }) == (score < 0.9 ? [] : [200, 808]))
    }

    @Test("No closer look where faces are large, or the picture has hardly more pixels than were seen")
    func notCloser() throws {
        let large = stub(side: 40, score: 0.95)
        _ = try large.faces(in: picture(1280, 960))
        #expect(large.sheets.withLock { $0.count } == 1)
        let small = stub(side: 20, score: 0.95)
        _ = try small.faces(in: picture(900, 600))
        #expect(small.sheets.withLock { $0.count } == 1)
    }

    @Test("What the edge of a part cuts belongs to its neighbour")
    func cut() throws {
        let faces = try stub(side: 20, score: 0.95, x: 655).faces(in: picture(1280, 480))
        // In the left part it would reach beyond its edge; in the right one it is at the edge of the picture.
        #expect(faces.filter { $0.area.width == 20 }.map { $0.area.left } == [655 + 608])
    }

    @Test("A turn is told only when it shows a sure face", arguments: [0.85, 0.95])
    func turn(score: Double) throws {
        let detector = stub(side: 40, score: score)
        let turn = try detector.turn(of: picture(320, 640))
        #expect((turn == nil) == (score < 0.9))
        #expect(detector.sheets.withLock { $0 } == [[160, 96], [96, 160], [160, 96]])
    }
}
