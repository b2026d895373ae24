import Foundation
import Testing

@testable import Perception

@Suite("Rectangles round points")
struct RotatedRectangleTests {
    func points(_ numbers: [(Double, Double)]) -> [PixelPoint] {
        numbers.map { PixelPoint(x: $0.0, y: $0.1) }
    }

    @Test("The hull leaves out what lies inside and on its sides")
    func hull() {
        let hull = points([(0, 0), (2, 0), (4, 0), (4, 4), (0, 4), (2, 2), (1, 3), (0, 2), (0, 0)]).convexHull()
        #expect(hull.count == 4)
        #expect(points([(0, 0), (4, 0), (4, 4), (0, 4)]).allSatisfy(hull.contains))
        #expect(points([(1, 1)]).convexHull() == points([(1, 1)]))
        #expect([PixelPoint]().convexHull().isEmpty)
    }

    @Test("An upright rectangle is found as it is")
    func upright() throws {
        let rectangle = try #require(RotatedRectangle(around: points([(3, 5), (13, 5), (13, 9), (3, 9), (7, 6)])))
        #expect(rectangle == RotatedRectangle(middle: PixelPoint(x: 8, y: 7), angle: 0, width: 10, height: 4))
        #expect(rectangle.corners == points([(3, 5), (13, 5), (13, 9), (3, 9)]))
    }

    @Test("One that leans is found by its corners, first that at the top left", arguments: [-44, -30.0, -5, 3, 20, 44])
    func leaning(degrees: Double) throws {
        let made = RotatedRectangle(
            middle: PixelPoint(x: 50, y: 40), angle: degrees * .pi / 180, width: 60, height: 12)
        let found = try #require(RotatedRectangle(around: made.corners + [made.middle]))
        for (corner, expected) in zip(found.corners, made.corners) {
            #expect(corner.distance(to: expected) < 1e-9)
        }
        #expect(made.corners[0].x < made.corners[1].x)
        #expect(made.corners[0].y < made.corners[3].y)
    }

    @Test("Points on one line have none", arguments: [[(0.0, 0.0), (1, 1), (2, 2)], [(3, 3)], []])
    func flat(numbers: [(Double, Double)]) {
        #expect(RotatedRectangle(around: points(numbers)) == nil)
    }

    @Test("A line in a map is grown by its area by its circumference")
    func textLine() throws {
        // 40 × 8 likely pixels: the distance is 320 · 1.6 / 96.
        var values = [Float](repeating: 0, count: 100 * 40)
        for y in 16..<24 {
            for x in 30..<70 { values[y * 100 + x] = 0.9 }
        }
        // Beside it something too thin, and something hardly likely.
        for x in 0..<20 { values[x] = 0.9 }
        for y in 30..<40 {
            for x in 0..<10 { values[y * 100 + x] = 0.4 }
        }
        let found = TextFinder.rectangles(in: ProbabilityMap(width: 100, height: 40, values: values))
        #expect(found.count == 1)
        let rectangle = try #require(found.first)
        #expect(rectangle.middle == PixelPoint(x: 50, y: 20))
        #expect(rectangle.angle == 0)
        #expect(abs(rectangle.width - (40 + 2 * 320 * 1.6 / 96)) < 1e-9)
        #expect(abs(rectangle.height - (8 + 2 * 320 * 1.6 / 96)) < 1e-9)
    }
}
