import CVips
import Domain
import Foundation
import Testing

@testable import Imaging

struct ExifTests {
    private static let full = Exif(
        main: [Exif.make: "Canon", Exif.model: "Canon EOS 40D"],
        exif: [Exif.dateTimeOriginal: "2020:02:29 23:59:59", Exif.offsetTimeOriginal: "-03:30"],
        gps: [1: "S", 2: .fractions([(22, 1)]), 3: "W", 4: .fractions([(43, 1)])])

    @Test(arguments: [
        ("Canon", "Canon EOS 40D", "Canon EOS 40D"), ("NIKON CORPORATION", "NIKON D70", "NIKON D70"),
        ("EASTMAN KODAK COMPANY", "KODAK CX7530 ZOOM DIGITAL CAMERA", "KODAK CX7530 ZOOM DIGITAL CAMERA"),
        ("Jolla", "Jolla", "Jolla"), ("SONY", "HDR-HC3", "SONY HDR-HC3"), (" Apple ", " iPhone 4S ", "Apple iPhone 4S"),
        ("motorola", "moto g (9) plus", "motorola moto g (9) plus"), ("samsung", "SM-G930F", "samsung SM-G930F"),
        ("WWL", "   ", "WWL"), ("", "Pixel", "Pixel"), ("(c)", "C", "C"),
    ])
    func `the camera is named without repeating its maker`(make: String, model: String, camera: String) throws {
        let exif = Exif(main: [Exif.make: .text(make), Exif.model: .text(model)])
        #expect(try decode(exif.inserted(into: Picture.quadrants().file(".jpg"))).facts.camera == camera)
    }

    @Test func `a name without end is cut`() throws {
        let exif = Exif(main: [Exif.make: .text(String(repeating: "M", count: 30_000))])
        let camera = try decode(exif.inserted(into: Picture.quadrants().file(".jpg"))).facts.camera
        #expect(camera == String(repeating: "M", count: 256))
    }

    @Test func `without a name there is no camera`() throws {
        let exif = Exif(main: [Exif.make: " ", Exif.model: .short(7)])
        #expect(try decode(exif.inserted(into: Picture.quadrants().file(".jpg"))).facts.camera == nil)
    }

    @Test(arguments: [ImageFormat.png, .webp, .heic, .avif])
    func `every format that holds EXIF is read`(format: ImageFormat) throws {
        let jpeg = Self.full.inserted(into: try Picture.quadrants().file(".jpg"))
        try expectFull(decode(rewritten(jpeg, as: format.suffix)).facts)
    }

    @Test func `a PNG file may have it behind the pixels`() throws {
        try expectFull(decode(Self.full.appended(to: Picture.quadrants().file(".png"))).facts)
    }

    @Test(arguments: [ImageFormat.jpeg, .png, .webp, .heic, .avif])
    func `a thumbnail tells nothing about the photo`(format: ImageFormat) throws {
        let jpeg = Self.full.inserted(into: try Picture.quadrants().file(".jpg[profile=p3]"))
        let thumbnail = try #require(try decode(rewritten(jpeg, as: format.suffix), thumbnail: 32).thumbnail)
        for word in ["ICCP", "XMP ", "Canon"] {
            #expect(thumbnail.firstRange(of: Array(word.utf8)) == nil, "\(word)")
        }
        #expect(try decode(thumbnail).facts == PictureFacts(width: 32, height: 24, format: .webp))
    }

    @Test(arguments: [false, true])
    func `a TIFF file is EXIF`(isBigEndian: Bool) throws {
        var exif = Self.full
        exif.isBigEndian = isBigEndian
        // One grey pixel, which lies behind everything.
        exif.main.merge([
            0x0100: .short(1), 0x0101: .short(1), 0x0102: .short(8), 0x0103: .short(1), 0x0106: .short(1),
            0x0111: .long(8), 0x0117: .long(1),
        ]) { _, new in new }
        try expectFull(decode(exif.tiff).facts)
    }

    @Test func `a turned HEIC file comes upright and says so`() throws {
        // The box that tells of bits a channel becomes one that turns by a quarter anticlockwise.
        var file = try Picture.quadrants().file(".heic[Q=90]")
        let place = try #require(file.firstRange(of: Array("pixi".utf8))?.lowerBound)
        file.replaceSubrange(place..<place + 5, with: Array("irot".utf8) + [1])
        let decoded = try decode(file)
        #expect(decoded.facts == PictureFacts(width: 48, height: 64, format: .heic, orientation: 1))
        #expect(decoded.view?.quadrants == "GW/RB")
    }

    @Test func `broken EXIF is as good as none`() throws {
        let tiff = Self.full.tiff
        for length in 0..<tiff.count {
            // At the end of its memory, so that a sanitizer sees whoever reads on.
            let part = Array(tiff.prefix(length))
            part.withUnsafeBytes { bytes in
                let fields = ExifFields(bytes)
                _ = (TakenAt(exif: fields), Location(exif: fields.place), fields.camera)
            }
        }
        for seed in 0..<2_000 {
            var generator = Lottery(state: UInt64(seed))
            var broken = tiff
            for _ in 0..<4 { broken[Int.random(in: 4..<tiff.count, using: &generator)] = .random(in: 0...255) }
            broken.withUnsafeBytes { bytes in
                let fields = ExifFields(bytes)
                if let place = Location(exif: fields.place) {
                    #expect(abs(place.latitude) <= 90 && abs(place.longitude) <= 180)
                }
                _ = (TakenAt(exif: fields), fields.camera)
            }
        }
    }

    private func expectFull(_ facts: PictureFacts) throws {
        #expect(facts.takenAt == TakenAt(local: "2020-02-29T23:59:59", offset: "-03:30", source: .exif))
        #expect(facts.location == Location(latitude: -22, longitude: -43))
        #expect(facts.camera == "Canon EOS 40D")
    }

    /// A file in another format, with its EXIF.
    private func rewritten(_ file: [UInt8], as suffix: String) throws -> [UInt8] {
        try withCodec { _ in
            try file.withUnsafeBytes { bytes in
                try PictureFile(bytes).load().inMemory().withFile(suffix) { Array($0) }
            }
        }
    }
}

/// The same draw every time.
private struct Lottery: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }
}
