import Domain
import Foundation
import Testing

@testable import Imaging

struct ViewTests {
    @Test func `a share of the middle is all that is seen`() throws {
        // A white square of half the shorter side on black.
        let picture = Picture(width: 128, height: 64) { x, y in
            (48..<80).contains(x) && (16..<48).contains(y) ? Colour.white.rgb : Colour.black.rgb
        }
        let file = try picture.file(".png")
        let inner = try #require(try decode(file, part: .centreSquare(share: 0.5), side: 32).view)
        #expect(inner.rgb.allSatisfy { $0 == 255 })
        let outer = try #require(try decode(file, part: .centreSquare(share: 1), side: 32).view)
        #expect(outer.pixel(0, 0) == [0, 0, 0] && outer.pixel(31, 31) == [0, 0, 0])
        #expect(outer.pixel(16, 16) == [255, 255, 255])
    }

    @Test(arguments: [(1, 1), (3, 200), (200, 3), (64, 64), (257, 131)])
    func `a view has its size whatever the picture's`(width: Int, height: Int) throws {
        let file = try Picture.plain([10, 200, 30], width: width, height: height).file(".png")
        let decoded = try decode(file, part: .centreSquare(share: 0.875), side: 48, thumbnail: 16)
        let view = try #require(decoded.view)
        #expect(view.rgb.count == 48 * 48 * 3)
        #expect(view.pixel(24, 24) == [10, 200, 30])
        let thumbnail = try decode(#require(decoded.thumbnail)).facts
        let size = DecodeOrder.thumbnailSize(width: width, height: height, side: 16)
        #expect((thumbnail.width, thumbnail.height) == size)
    }

    @Test func `shrinking averages instead of skipping`() throws {
        let board = Picture(width: 256, height: 256) { x, y in ((x + y) % 2 == 0 ? Colour.white : .black).rgb }
        for suffix in [".png", ".jpg[Q=100]", ".webp[lossless]"] {
            let view = try #require(try decode(board.file(suffix)).view)
            #expect(view.rgb.allSatisfy { abs(Int($0) - 128) < 8 }, "\(suffix)")
        }
    }

    @Test func `a thumbnail is never enlarged`() throws {
        let decoded = try decode(Picture.quadrants().file(".png"), side: nil, thumbnail: 500)
        let thumbnail = try decode(#require(decoded.thumbnail)).facts
        #expect((thumbnail.width, thumbnail.height) == (64, 48))
    }

    @Test func `sizes of thumbnails`() {
        #expect(DecodeOrder.thumbnailSize(width: 4000, height: 3000, side: 256) == (256, 192))
        #expect(DecodeOrder.thumbnailSize(width: 3000, height: 4000, side: 256) == (192, 256))
        #expect(DecodeOrder.thumbnailSize(width: 10_000, height: 2, side: 256) == (256, 1))
        #expect(DecodeOrder.thumbnailSize(width: 5, height: 4, side: 256) == (5, 4))
    }

    @Test(arguments: [(200, 100, 32, 16), (100, 200, 16, 32), (20, 10, 20, 10), (1000, 3, 32, 1)])
    func `the whole picture keeps its shape and is never enlarged`(
        width: Int, height: Int, viewWidth: Int, viewHeight: Int
    ) throws {
        let file = try Picture.quadrants(width: width, height: height).file(".png")
        let view = try #require(try decode(file, part: .whole, side: 32).view)
        #expect((view.width, view.height) == (viewWidth, viewHeight))
        if viewHeight > 1 { #expect(view.quadrants == "RG/BW") }
    }

    @Test func `stretching shows everything`() throws {
        let view = try #require(
            try decode(Picture.quadrants(width: 300, height: 40).file(".png"), part: .stretched, side: 16).view)
        #expect((view.width, view.height) == (16, 16))
        #expect(view.quadrants == "RG/BW")
    }

    /// Smooth waves: every resampling that keeps to the place gives the same.
    private let waves = Picture(width: 900, height: 602) { x, y in
        [Double(x) / 61, Double(y) / 47, Double(x + y) / 83].map { UInt8(127.5 + 127 * sin($0)) }
    }

    @Test(arguments: ImageFormat.allCases.filter { $0 != .gif })
    func `what is made from the working view is what is made from the picture`(format: ImageFormat) throws {
        let file = try waves.file(format.suffix)
        let views = [
            PictureView(name: "middle", part: .centreSquare(share: 0.6), side: 40),
            PictureView(name: "all", part: .stretched, side: 48), PictureView(name: "small", part: .whole, side: 64),
        ]
        let working = PictureView(name: "working", part: .whole, side: 400)
        let together = try decode(file, for: DecodeOrder(thumbnailSide: 32, views: [working] + views))
        #expect((together.views[0].width, together.views[0].height) == (400, 268))
        for (view, shown) in zip(views, together.views.dropFirst()) {
            let alone = try #require(try decode(file, part: view.part, side: view.side).view)
            #expect(difference(alone, shown) < 5, "\(view.name)")
        }
    }

    @Test func `a view larger than the working view is made from the picture`() throws {
        let fine = Picture(width: 256, height: 256) { x, _ in (x / 2 % 2 == 0 ? Colour.white : .black).rgb }
        let views = [
            PictureView(name: "working", part: .whole, side: 64),
            PictureView(name: "fine", part: .stretched, side: 256),
        ]
        let seen = try decode(fine.file(".png"), for: DecodeOrder(thumbnailSide: nil, views: views)).views[1]
        #expect(seen.pixel(100, 9) == [255, 255, 255] && seen.pixel(102, 9) == [0, 0, 0])
    }

    @Test(arguments: [(1, 8), (2, 7), (3, 6), (4, 5)])
    func `a picture looks the same whichever way it was stored`(first: UInt16, second: UInt16) throws {
        // JPEG is shrunk to 113 × 77 while loading; what the next step cuts off at an edge would show.
        let upright = Picture(width: 904, height: 616, pixel: waves.pixel)
        let wanted = try #require(try decode(upright.file(".png"), part: .whole, side: 24).view)
        for orientation in [first, second] {
            let file = Exif(orientation: orientation).inserted(into: try upright.stored(orientation).file(".jpg[Q=98]"))
            let view = try #require(try decode(file, part: .whole, side: 24).view)
            #expect((view.width, view.height) == (wanted.width, wanted.height))
            #expect(difference(wanted, view) < 1.5, "\(orientation)")
        }
    }

    @Test func `a picture is decoded no larger than needed`() {
        let view = PictureView(name: "view", part: .centreSquare(share: 0.5), side: 300)
        // The view takes 300 of 1,500 pixels: a fifth, with headroom for the last filter a quarter.
        #expect(DecodeOrder(thumbnailSide: 256, views: [view]).reduction(width: 4000, height: 3000) == 4)
        #expect(DecodeOrder(thumbnailSide: 320, views: []).reduction(width: 4000, height: 3000) == 10)
        #expect(DecodeOrder(thumbnailSide: nil, views: [view]).reduction(width: 100, height: 100) == 1)
        #expect(DecodeOrder(thumbnailSide: 256, views: []).reduction(width: 40_000, height: 3) == 3)
        #expect(DecodeOrder(thumbnailSide: nil, views: []).reduction(width: 400, height: 300) == 300)
        // Twelve megapixels as JPEG are decoded at half their size for a working view of 1,280.
        let working = PictureView(name: "working", part: .whole, side: 1280)
        #expect(
            (2..<4).contains(DecodeOrder(thumbnailSide: 256, views: [working]).reduction(width: 4032, height: 3024)))
    }

    private func difference(_ one: Pixels, _ other: Pixels) -> Double {
        let sum = zip(one.rgb, other.rgb).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        return Double(sum) / Double(one.rgb.count)
    }
}
