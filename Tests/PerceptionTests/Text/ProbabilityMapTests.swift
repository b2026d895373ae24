import Testing

@testable import Perception

@Suite("Reading a map of text")
struct ProbabilityMapTests {
    /// A map drawn with digits, tenths of a probability.
    func map(_ rows: String...) -> ProbabilityMap {
        ProbabilityMap(
            width: rows.first?.count ?? 0, height: rows.count,
            values: rows.joined().map { Float($0.wholeNumberValue ?? 0) / 10 })
    }

    func bounds(_ points: [PixelPoint]) -> [Double] {
        [
            points.map(\.x).min() ?? -1, points.map(\.y).min() ?? -1, points.map(\.x).max() ?? -1,
            points.map(\.y).max() ?? -1,
        ]
    }

    @Test("What is likely enough and hangs together is a region, up to the outer edges of its pixels")
    func regions() {
        let map = map(
            "..........",
            ".99....4..",
            ".94....3..",
            "..........")
        #expect(map.regions(above: 0.3).map(bounds) == [[1, 1, 3, 3], [7, 1, 8, 2]])
    }

    @Test("A gap of one pixel is bridged in every direction, one of two is not")
    func gaps() {
        let across = map("9.9..9")
        #expect(across.regions(above: 0.3).map(bounds) == [[0, 0, 3, 1], [5, 0, 6, 1]])
        let down = map("9", ".", "9", ".", ".", "9")
        #expect(down.regions(above: 0.3).map(bounds) == [[0, 0, 1, 3], [0, 5, 1, 6]])
        #expect(map("9..", "...", "..9").regions(above: 0.3).count == 1)
        #expect(map("9...", "....", "...9").regions(above: 0.3).count == 2)
    }

    @Test("Arms that meet further down are one region")
    func joined() {
        let map = map(
            "9....9....9",
            "9....9....9",
            "99999999999",
            "...........",
            "...........",
            "9.........9")
        #expect(map.regions(above: 0.3).map(bounds) == [[0, 0, 11, 3], [0, 5, 1, 6], [10, 5, 11, 6]])
    }

    @Test("Nothing likely, nothing found")
    func empty() {
        #expect(map("333", "333").regions(above: 0.3).isEmpty)
        #expect(ProbabilityMap(width: 0, height: 0, values: []).regions(above: 0.3).isEmpty)
    }

    @Test("The mean is over the pixels whose middles are inside")
    func mean() {
        let map = map(
            "0000",
            "0950",
            "0950",
            "0000")
        func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ angle: Double = 0) -> Double {
            map.mean(
                in: RotatedRectangle(middle: PixelPoint(x: x, y: y), angle: angle, width: width, height: height))
        }
        #expect(abs(rectangle(2, 2, 2, 2) - 0.7) < 1e-6)
        #expect(abs(rectangle(1.5, 2, 1, 2) - 0.9) < 1e-6)
        #expect(abs(rectangle(2, 2, 4, 4) - 2.8 / 16) < 1e-6)
        #expect(abs(rectangle(2, 2, 100, 100) - 2.8 / 16) < 1e-6)
        #expect(abs(rectangle(2, 2, 1.9, 1.9, .pi / 4) - 0.7) < 1e-6)
        #expect(rectangle(-9, 2, 2, 2) == 0)
        #expect(rectangle(2, 2, 0.5, 0.5) == 0)
        #expect(rectangle(.nan, 2, 2, 2) == 0)
    }
}
