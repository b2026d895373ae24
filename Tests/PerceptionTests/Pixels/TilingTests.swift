import Domain
import Testing

@testable import Perception

@Suite("Parts of a picture")
struct TilingTests {
    private func picture(_ width: Int, _ height: Int) -> Pixels {
        Pixels(width: width, height: height, red: 0, green: 0, blue: 0)
    }

    @Test("A picture that is small enough is one part")
    func one() {
        #expect(Tiling.parts(of: picture(64, 30), side: 64, overlap: 8) == [picture(64, 30).area])
    }

    @Test(
        "Parts are equal, cover everything, and neighbours share the overlap",
        arguments: [(1280, 960), (1280, 640), (641, 100), (1279, 1279), (2000, 1300)])
    func cover(width: Int, height: Int) {
        let picture = picture(width, height)
        let parts = Tiling.parts(of: picture, side: 640, overlap: 64)
        #expect(Set(parts.map(\.width)).count == 1 && Set(parts.map(\.height)).count == 1)
        #expect(parts.count == ((width + 639) / 640) * ((height + 639) / 640))
        let lefts = Set(parts.map(\.left)).sorted()
        let tops = Set(parts.map(\.top)).sorted()
        for (starts, part, whole) in [(lefts, parts[0].width, width), (tops, parts[0].height, height)] {
            #expect(starts.first == 0 && (starts.last ?? 0) + part == Double(whole))
            for (first, second) in zip(starts, starts.dropFirst()) { #expect(first + part - second >= 64) }
        }
    }

    @Test("What an inner edge cuts is not whole; the edge of the picture cuts nothing")
    func edges() {
        let picture = picture(200, 100)
        let part = Area(left: 0, top: 0, width: 120, height: 100)
        func isWhole(_ left: Double, _ top: Double) -> Bool {
            Tiling.isWhole(Area(left: left, top: top, width: 20, height: 20), in: part, of: picture)
        }
        #expect(isWhole(50, 50) && isWhole(-3, 50) && isWhole(50, 85))
        #expect(!isWhole(100, 50) && !isWhole(110, 50))
    }
}
