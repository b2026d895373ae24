import CVips
import Domain
import Foundation
import Testing

@testable import Imaging

struct DecodeTests {
    @Test(arguments: ImageFormat.allCases)
    func `every format is decoded`(format: ImageFormat) throws {
        let decoded = try decode(Picture.quadrants().file(format.suffix), thumbnail: 32)
        #expect(decoded.facts == PictureFacts(width: 64, height: 48, format: format))
        #expect(decoded.view?.quadrants == "RG/BW")
        let thumbnail = try decode(#require(decoded.thumbnail))
        #expect(thumbnail.facts == PictureFacts(width: 32, height: 24, format: .webp))
        #expect(thumbnail.view?.quadrants == "RG/BW")
    }

    @Test(arguments: ImageFormat.allCases)
    func `what is reduced while loading stays the picture`(format: ImageFormat) throws {
        let decoded = try decode(Picture.quadrants(width: 512, height: 384).file(format.suffix), thumbnail: 20)
        #expect(decoded.view?.quadrants == "RG/BW")
        #expect(decoded.facts.width == 512 && decoded.facts.height == 384)
    }

    @Test(arguments: [
        (1, "RG/BW"), (2, "GR/WB"), (3, "WB/GR"), (4, "BW/RG"), (5, "RB/GW"), (6, "BR/WG"), (7, "WG/BR"), (8, "GW/RB"),
    ])
    func `pictures come upright`(orientation: Int, upright: String) throws {
        let file = Exif(orientation: UInt16(orientation)).inserted(into: try Picture.quadrants().file(".jpg[Q=95]"))
        let decoded = try decode(file, thumbnail: 32)
        let size = orientation > 4 ? (48, 64) : (64, 48)
        #expect(decoded.view?.quadrants == upright)
        #expect((decoded.facts.width, decoded.facts.height) == size)
        #expect(decoded.facts.orientation == orientation)
        // The thumbnail is upright in its pixels and says nothing of turning.
        let thumbnail = try decode(#require(decoded.thumbnail))
        #expect((thumbnail.facts.width, thumbnail.facts.height) == (size.0 / 2, size.1 / 2))
        #expect(thumbnail.view?.quadrants == upright)
        #expect(thumbnail.facts.orientation == 1)
    }

    @Test(arguments: [0, 9, 65_535])
    func `an impossible orientation is upright`(orientation: UInt16) throws {
        let file = Exif(orientation: orientation).inserted(into: try Picture.quadrants().file(".jpg[Q=95]"))
        let decoded = try decode(file)
        #expect(decoded.facts.orientation == 1)
        #expect(decoded.view?.quadrants == "RG/BW")
    }

    @Test func `only the first picture of an animation counts`() throws {
        // libvips writes a tall picture with a page height as an animation.
        let frames = Picture(width: 32, height: 64) { _, y in (y < 32 ? Colour.red : .blue).rgb }
        let decoded = try decode(frames.file(".gif[page-height=32]"))
        #expect((decoded.facts.width, decoded.facts.height) == (32, 32))
        #expect(decoded.view?.quadrants == "RR/RR")
    }
}
