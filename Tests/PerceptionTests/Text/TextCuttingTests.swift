import Domain
import Testing

@testable import Perception

@Suite("Cutting out lines")
struct TextCuttingTests {
    /// Red on the left, blue on the right, 200 × 100.
    let picture = Pixels(
        width: 200, height: 100,
        rgb: (0..<20_000).flatMap { index -> [UInt8] in index % 200 < 100 ? [255, 0, 0] : [0, 0, 255] })

    func place(_ left: Double, _ top: Double, _ width: Double, _ height: Double) -> [PixelPoint] {
        [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]
            .map { PixelPoint(x: $0.0, y: $0.1) }
    }

    /// The colours of the first and the last pixel of the middle row.
    func ends(_ pixels: Pixels) -> [[UInt8]] {
        let row = pixels.height / 2 * pixels.width
        return [row, row + pixels.width - 1].map { Array(pixels.rgb[($0 * 3)..<($0 * 3 + 3)]) }
    }

    @Test("A line becomes 48 pixels high, its length in proportion")
    func level() throws {
        let cutting = try #require(TextCutting(place(50, 20, 100, 24), isVertical: false, in: picture))
        #expect(cutting.pixels.height == 48)
        #expect(cutting.pixels.width == 200)
        #expect(ends(cutting.pixels) == [[255, 0, 0], [0, 0, 255]])
        #expect(cutting.corners == place(50, 20, 100, 24))
    }

    @Test("One that runs down is laid on its left side and begins at the top")
    func vertical() throws {
        let turned = Pixels(
            width: 100, height: 200,
            rgb: (0..<20_000).flatMap { index -> [UInt8] in index < 10_000 ? [255, 0, 0] : [0, 0, 255] })
        let cutting = try #require(TextCutting(place(20, 50, 24, 100), isVertical: true, in: turned))
        #expect(cutting.pixels.width == 200)
        #expect(ends(cutting.pixels) == [[255, 0, 0], [0, 0, 255]])
        #expect(cutting.corners.first == PixelPoint(x: 44, y: 50))
    }

    @Test("Stood on its head it begins at the other end, and twice is once again")
    func upsideDown() throws {
        var cutting = try #require(TextCutting(place(50, 20, 100, 24), isVertical: false, in: picture))
        let before = cutting
        cutting.turnUpsideDown()
        #expect(ends(cutting.pixels) == [[0, 0, 255], [255, 0, 0]])
        #expect(cutting.corners.first == PixelPoint(x: 150, y: 44))
        cutting.turnUpsideDown()
        #expect(cutting.pixels == before.pixels)
        #expect(cutting.corners == before.corners)
    }

    @Test("Short words run as most of the others do")
    func direction() {
        let long = place(0, 0, 10, 80)
        let square = place(50, 0, 10, 10)
        let level = place(20, 50, 40, 10)
        #expect(TextCutting.all([square], in: picture).map(\.isVertical) == [false])
        #expect(TextCutting.all([square, long], in: picture).map(\.isVertical) == [true, true])
        #expect(TextCutting.all([square, long, level], in: picture).map(\.isVertical) == [true, true, false])
        #expect(TextCutting.all([square, level], in: picture).map(\.isVertical) == [false, false])
    }

    @Test("What has no area, or is not four corners, is left out")
    func nothing() {
        #expect(
            TextCutting.all([place(3, 3, 0, 0), place(3, 3, 9, 0), [], [PixelPoint(x: .nan, y: 1)]], in: picture)
                .isEmpty)
    }

    @Test("The highest lines are read first, until the budget is spent")
    func budget() {
        let places = [place(0, 0, 100, 10), place(0, 20, 150, 30), place(0, 60, 100, 20)]
        let cuttings = TextCutting.all(places, in: picture)
        // 240, 480 and 240 pixels, each with its margin.
        #expect(cuttings.map(\.readingWidth) == [512, 272, 272])
        #expect(TextCutting.affordable(cuttings, budget: 10_000).map(\.readingWidth) == [272, 272, 512])
        #expect(TextCutting.affordable(cuttings, budget: 1055).map(\.readingWidth) == [272, 272])
        #expect(TextCutting.affordable(cuttings, budget: 100).isEmpty)
    }
}
