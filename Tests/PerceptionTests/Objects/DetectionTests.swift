import Foundation
import Inference
import Testing

@testable import Perception

@Suite("Reading detectors' outputs")
struct DetectionTests {
    func detection(_ left: Double, _ score: Double, _ number: Int = 0, width: Double = 10) -> Detection {
        Detection(area: Area(left: left, top: 0, width: width, height: 10), score: score, number: number)
    }

    @Test("Of detections of a class that lie over each other the surest stays")
    func suppression() {
        let kept = [detection(1, 0.5), detection(0, 0.9), detection(8, 0.4), detection(0, 0.6, 1)]
            .suppressed(overlap: 0.6)
        #expect(kept == [detection(0, 0.9), detection(0, 0.6, 1), detection(8, 0.4)])
        // 9 of 11 columns shared is above 0.8, not above 0.82.
        #expect([detection(0, 0.9), detection(1, 0.5)].suppressed(overlap: 0.8).count == 1)
        #expect([detection(0, 0.9), detection(1, 0.5)].suppressed(overlap: 0.82).count == 2)
    }

    @Test("A box that shares four tenths with a surer one is the same thing; one that lies in it may be another")
    func sameThing() {
        // 6 of 14 columns are shared, then 5 of 15.
        #expect([detection(0, 0.9), detection(4, 0.5)].suppressed().count == 1)
        #expect([detection(0, 0.9), detection(5, 0.5)].suppressed().count == 2)
        #expect([detection(0, 0.9, width: 40), detection(10, 0.5)].suppressed().count == 2)
    }

    @Test("What is no box is left out")
    func unsound() {
        let broken = [
            detection(0, 0.5, width: 0), detection(.nan, 0.5), detection(0, .nan), detection(0, 0.4, width: -3),
        ]
        #expect(broken.suppressed(overlap: 0.6).isEmpty)
    }

    @Test("PicoDet's sides are the means of its distributions, from the middle of the cell")
    func picoDet() throws {
        // A grid of 2 × 2 cells of 16 pixels, three classes; the last cell holds class 1.
        var scores = [Float](repeating: 0.1, count: 4 * 3)
        scores[3 * 3 + 1] = 0.75
        var boxes = [Float](repeating: 0, count: 4 * 32)
        // Surely 1 and 2 cells to the left and top, evenly spread (3.5) to the right, 0 or 1 alike to the bottom.
        boxes[3 * 32 + 1] = 1000
        boxes[3 * 32 + 8 + 2] = 1000
        boxes[3 * 32 + 24] = 1000
        boxes[3 * 32 + 25] = 1000
        let found = PicoDet.detections(scores: scores, boxes: boxes, stride: 16, columns: 2, threshold: 0.3)
        let only = try #require(found.first)
        #expect(found.count == 1)
        #expect(only.number == 1)
        #expect(only.score == 0.75)
        #expect(only.area == Area(left: 8, top: -8, width: 16 + 56, height: 32 + 8))
    }

    @Test("An export's places have the likeliest of their classes")
    func yolo() {
        // Two places: middles, sizes, then how likely either of two classes is.
        let output = Tensor(
            shape: [1, 6, 2], values: [20, 50, 30, 60, 10, 20, 8, 40, 0.3, 0.2, 0.6, 0.25])
        #expect(
            YOLO.detections(output, classes: 2, threshold: 0.3) == [
                Detection(area: Area(left: 15, top: 26, width: 10, height: 8), score: Double(Float(0.6)), number: 1)
            ])
        #expect(YOLO.detections(output, classes: 2, threshold: 0.2).count == 2)
        #expect(YOLO.detections(output, classes: 2, threshold: 0.2).last?.number == 1)
    }
}
