import CVips
import Domain
import Testing

@testable import Imaging

struct ColourTests {
    @Test func `what shows through is white`() throws {
        let half = Picture(width: 64, height: 64, bands: 4) { x, _ in [255, 0, 0, x < 32 ? 255 : 0] }
        #expect(try decode(half.file(".png")).view?.quadrants == "RW/RW")
        #expect(try decode(half.file(".webp[lossless]")).view?.quadrants == "RW/RW")
        let veil = try #require(try decode(Picture.plain([0, 0, 0, 128]).file(".png")).view)
        #expect(veil.pixel(8, 8) == [127, 127, 127])
    }

    @Test func `grey becomes colour`() throws {
        var grey = Picture.plain([90])
        grey.interpretation = VIPS_INTERPRETATION_B_W
        #expect(try middle(of: grey, as: ".png") == [90, 90, 90])
        let jpeg = try #require(try decode(grey.file(".jpg")).view)
        #expect(jpeg.pixel(8, 8) == [90, 90, 90])
    }

    @Test func `sixteen bits become eight`() throws {
        // Pairs of bytes: all, half and nothing; then half see-through black.
        var deep = Picture.plain([255, 255, 128, 128, 0, 0])
        (deep.bands, deep.format, deep.interpretation) = (3, VIPS_FORMAT_USHORT, VIPS_INTERPRETATION_RGB16)
        let png = try middle(of: deep, as: ".png")
        #expect(png == [255, 128, 0])
        #expect(try middle(of: deep, as: ".tif") == [255, 128, 0])
        var veil = Picture.plain([0, 0, 0, 0, 0, 0, 0, 128])
        (veil.bands, veil.format, veil.interpretation) = (4, VIPS_FORMAT_USHORT, VIPS_INTERPRETATION_RGB16)
        #expect(try middle(of: veil, as: ".png") == [127, 127, 127])
    }

    @Test func `printing inks become colour`() throws {
        var inks = Picture(width: 64, height: 48, bands: 4) { x, y in
            // Cyan, magenta, yellow, black: red and green above blue and bare paper.
            y < 24
                ? (x < 32 ? [0, 255, 255, 0] : [255, 0, 255, 0])
                : (x < 32 ? [255, 255, 0, 0] : [0, 0, 0, 0])
        }
        inks.interpretation = VIPS_INTERPRETATION_CMYK
        let view = try #require(try decode(inks.file(".jpg[Q=95]")).view)
        // Inks are duller than light: the strongest light is what counts.
        #expect(view.pixel(4, 4)[0] > 150 && view.pixel(4, 4)[2] < 100)
        #expect(view.pixel(12, 4)[1] > 100 && view.pixel(12, 4)[0] < 100)
        #expect(view.pixel(4, 12)[2] > 80 && view.pixel(4, 12)[0] < 100)
        #expect(view.pixel(12, 12).allSatisfy { $0 > 245 })
    }

    @Test func `a colour profile is applied`() throws {
        let colour: [UInt8] = [200, 60, 60]
        let picture = Picture.plain(colour)
        #expect(try near(middle(of: picture, as: ".png[profile=srgb]"), colour))
        // The same numbers are a stronger red in Display P3: by its matrix and that of sRGB, (217, 42, 52).
        let wide = try middle(of: picture, as: ".png[profile=p3]")
        #expect(near(wide, [217, 42, 52]))
    }

    /// The pixel in the middle of a picture that was written to a file and decoded.
    private func middle(of picture: Picture, as suffix: String) throws -> [UInt8] {
        try #require(try decode(picture.file(suffix)).view).pixel(8, 8)
    }

    private func near(_ found: [UInt8], _ wanted: [UInt8]) -> Bool {
        zip(found, wanted).allSatisfy { abs(Int($0) - Int($1)) <= 3 }
    }
}
