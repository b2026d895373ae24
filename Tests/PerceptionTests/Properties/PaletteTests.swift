import Domain
import Testing

@testable import Perception

@Suite("The colours of a picture")
struct PaletteTests {
    @Test("A picture of one colour has that colour and nothing else")
    func plain() {
        let colours = ColourSample(.plain([47, 79, 79])).palette()
        #expect(colours.map(\.hexCode) == ["#2f4f4f"])
        #expect(colours.map(\.cssColor) == ["darkslategrey"])
        #expect(colours.map(\.pixelPercent) == [100])
    }

    @Test("Stripes have their colours and their shares, the widest first")
    func stripes() throws {
        let picture = Pixels(400, 300) { x, _ in x < 200 ? [255, 0, 0] : x < 320 ? [0, 0, 255] : [255, 255, 255] }
        let colours = ColourSample(picture).palette()
        #expect(colours.map(\.cssColor) == ["red", "blue", "white"])
        #expect(colours.map(\.simplifiedColor) == [.red, .blue, .white])
        for (colour, share) in zip(colours, [50.0, 30, 20]) {
            #expect(abs(colour.pixelPercent - share) < 2)
        }
    }

    @Test("Every colour of a noisy picture is told, and each name once")
    func many() {
        var random = SeededNumbers(seed: 5)
        let picture = Pixels(300, 300) { x, y in
            let place = x / 60 + y / 60 * 5
            let base = SIMD3(UInt8(place * 10), UInt8(255 - place * 10), UInt8(place % 5 * 60))
            return base &+ SIMD3(random.byte() % 6, random.byte() % 6, random.byte() % 6)
        }
        let colours = ColourSample(picture).palette()
        #expect(colours.count > 5 && colours.count <= 12)
        #expect(Set(colours.map(\.cssColor)).count == colours.count)
        #expect(colours.map(\.pixelPercent) == colours.map(\.pixelPercent).sorted(by: >))
        #expect(colours.map(\.pixelPercent).reduce(0, +) > 90)
        #expect(colours == ColourSample(picture).palette(), "the same picture has the same palette")
    }

    @Test("A colour that is told has the name that is nearest to it")
    func names() {
        let picture = Pixels(256, 256) { x, y in [UInt8(x), UInt8(y), UInt8((x + y) / 2)] }
        for colour in ColourSample(picture).palette() {
            let nearest = CSSColor.nearest(to: OKLab(red: colour.red, green: colour.green, blue: colour.blue))
            #expect(nearest.name == colour.cssColor)
        }
    }

    @Test("A picture of one pixel, of one row, of one column", arguments: [(1, 1), (5000, 1), (1, 5000)])
    func narrow(width: Int, height: Int) {
        let picture = Pixels(width, height) { _, _ in [255, 215, 0] }
        #expect(ColourSample(picture).palette().map(\.cssColor) == ["gold"])
        #expect(ImageProperties(of: picture).quality.sharpness == 0)
    }
}
