import Domain
import Testing

@testable import Perception

@Suite("Where there are strokes")
struct StrokeMapTests {
    /// A light sheet of 320 × 256 with something drawn on it.
    func sheet(_ draw: (Int, Int) -> UInt8?) -> Pixels {
        Pixels(width: 320, grey: (0..<(320 * 256)).map { draw($0 % 320, $0 / 320) ?? 220 })
    }

    @Test("A line of writing is in the part, with a margin of four cells")
    func writing() throws {
        var rgb = sheet { _, _ in nil }.rgb
        DrawnText.paint("HELLO", on: &rgb, width: 320, left: 128, top: 112, scale: 2, 30)
        let part = try #require(StrokeMap(Pixels(width: 320, height: 256, rgb: rgb)).part)
        // The letters are in the columns 128 to 188 and the rows 112 to 126.
        #expect(part.left <= 64 && part.left >= 32)
        #expect(part.left + part.width >= 188 + 48 && part.left + part.width <= 288)
        #expect(part.top <= 64 && part.top + part.height >= 126 + 48)
    }

    @Test("Upright writing is found as well", arguments: [1, 2, 3])
    func upright(quarters: Int) {
        let page = DrawnText.picture(["HELLO ROAD"], scale: 2, margin: 80)
        #expect(StrokeMap(page.turned(quarters: quarters)).part != nil)
    }

    @Test("Writing that fills the picture is found")
    func dense() {
        let rows = [String](repeating: "HELLOROADCARPETSALE", count: 12)
        let page = DrawnText.picture(rows, scale: 2, margin: 0)
        #expect(StrokeMap(page).part != nil)
    }

    @Test("An empty sheet, a soft slope, one edge and a faint pattern have none")
    func none() {
        #expect(StrokeMap(sheet { _, _ in nil }).part == nil)
        #expect(StrokeMap(sheet { x, _ in UInt8(x / 2) }).part == nil)
        #expect(StrokeMap(sheet { x, _ in x < 160 ? 20 : 230 }).part == nil)
        #expect(StrokeMap(sheet { x, y in (x / 4 + y / 4) % 2 == 0 ? 120 : 145 }).part == nil)
    }

    @Test("Pictures smaller than a cell have none, and do no harm", arguments: [(1, 1), (15, 40), (40, 15), (16, 16)])
    func tiny(size: (Int, Int)) {
        let picture = Pixels(width: size.0, grey: [UInt8](repeating: 9, count: size.0 * size.1))
        #expect(StrokeMap(picture).part == nil)
    }

    @Test("Changes are counted by cells: to the right, and downwards")
    func changes() {
        // Stripes two pixels wide: every second pixel but those at the edges sees a rise or a fall across.
        let (across, down) = SharpChanges.acrossAndDown(
            Pixels(width: 32, grey: (0..<(32 * 16)).map { $0 % 4 < 2 ? 0 : 200 }), cell: 16)
        #expect(across.rises.columns == 2 && across.rises.rows == 1)
        #expect(across.rises[0, 0] == 0.5)
        #expect(across.falls[0, 0] == 0.4375)
        #expect(down.rises[0, 0] == 0 && down.falls[1, 0] == 0)
        // A change by 32 is not sharp yet.
        let faint = SharpChanges.acrossAndDown(
            Pixels(width: 32, grey: (0..<(32 * 16)).map { $0 % 4 < 2 ? 100 : 132 }), cell: 16)
        #expect(faint.across.rises[0, 0] == 0)
    }
}

@Suite("Grids of cells")
struct CellGridTests {
    @Test("The mean is over what of the window is on the grid")
    func mean() {
        var grid = CellGrid(columns: 3, rows: 2)
        grid[0, 0] = 6
        grid[2, 1] = 12
        let level = grid.mean(width: 3, height: 1)
        #expect((0..<3).map { level[$0, 0] } == [3, 2, 0])
        #expect((0..<3).map { level[$0, 1] } == [0, 4, 6])
        #expect(grid.mean(width: 5, height: 5)[1, 0] == 3)
    }

    @Test("Two are combined cell by cell")
    func combined() {
        var (first, second) = (CellGrid(columns: 1, rows: 2), CellGrid(columns: 1, rows: 2))
        first[0, 0] = 3
        second[0, 1] = 2
        let larger = first.combined(with: second, max)
        #expect(larger[0, 0] == 3 && larger[0, 1] == 2)
    }
}
