import Domain
import Foundation
import Testing

@testable import Imaging

struct RefusalTests {
    @Test(arguments: ImageFormat.allCases)
    func `a file without its end is damaged`(format: ImageFormat) throws {
        let file = try Picture.quadrants(width: 200, height: 200).file(format.suffix)
        let found = failure { try decode(Array(file.prefix(file.count / 2))) }
        #expect(found?.code == .damaged)
        #expect(found?.message.hasPrefix("The picture is damaged or its end is missing. ") == true)
        // Nothing of it is left for the next one.
        #expect(throws: Never.self) { try decode(file) }
    }

    @Test(arguments: ImageFormat.allCases)
    func `a file that is only a beginning is damaged`(format: ImageFormat) throws {
        let file = try Picture.quadrants().file(format.suffix)
        #expect(failure { try decode(Array(file.prefix(ImageFormat.signatureLength))) }?.code == .damaged)
    }

    @Test func `a rare kind of a format is not called damaged`() throws {
        var file = try Picture.quadrants().file(".jpg")
        // From baseline to lossless coding (ITU-T T.81, table B.1), which libjpeg does not have.
        let marker = try #require(file.indices.dropLast().first { file[$0] == 0xFF && file[$0 + 1] == 0xC0 })
        file[marker + 1] = 0xC3
        let found = failure { try decode(file) }
        #expect(found?.code == .unsupportedFormat)
        #expect(found?.message.hasPrefix("The picture is a rare kind of JPEG") == true)
        // The library's words are for the log.
        #expect(found?.detail?.contains("SOF type") == true)
    }

    @Test(arguments: [ImageFormat.heic, .avif])
    func `more pixels than the library takes are said to be that`(format: ImageFormat) throws {
        var file = try Picture.quadrants().file(format.suffix)
        for place in file.indices.dropLast(12) where file[place..<place + 4].elementsEqual("ispe".utf8) {
            // Width and height, of which libheif takes 16,384 at most each.
            file.replaceSubrange(place + 8..<place + 16, with: [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60])
        }
        #expect(failure { try decode(file) }?.code == .tooManyPixels)
    }

    @Test func `too many pixels are refused before any is read`() throws {
        let file = try Picture.quadrants(width: 200, height: 100).file(".png")
        #expect(throws: Never.self) { try decode(file, maximumPixels: 20_000) }
        // Cut off: whoever looked at pixels would call it damaged.
        let found = failure { try decode(Array(file.prefix(file.count / 2)), maximumPixels: 19_999) }
        #expect(
            found
                == Failure(
                    .tooManyPixels,
                    "The picture has 200 × 100 pixels, more than the 19,999 in all that are accepted. Send a smaller version."
                ))
    }

    @Test(arguments: [
        ("<?xml version=\"1.0\"?><svg/>", "an SVG drawing"), ("%PDF-1.7", "a PDF document"),
        ("8BPS\u{0}\u{1}", "a Photoshop document"), ("#?RADIANCE\n", "a Radiance HDR picture"),
        ("\u{0}\u{0}\u{0}\u{20}ftypcrx ", "a raw photo (CR3)"), ("\u{0}\u{0}\u{0}\u{20}ftypisom", "a video"),
        ("\u{0}\u{0}\u{0}\u{C}JXL \r\n", "a JPEG XL picture"), ("\u{0}\u{0}\u{0}\u{C}jP  \r\n", "a JPEG 2000 picture"),
        ("BM\u{1}\u{1}\u{0}\u{0}" + String(repeating: "\u{0}", count: 20), "a BMP picture"),
        ("\u{0}\u{0}\u{1}\u{0}", "an icon (ICO)"),
    ])
    func `other kinds are called by their name`(start: String, name: String) {
        let found = failure { try decode(Array(start.utf8)) }
        let accepted = "Accepted are JPEG, PNG, WebP, HEIC, AVIF, TIFF and GIF."
        #expect(found == Failure(.unsupportedFormat, "The file is \(name). \(accepted)"))
    }

    @Test(arguments: [
        [0xFF, 0x0A, 0, 0], [0xFF, 0x4F, 0xFF, 0x51], [0x76, 0x2F, 0x31, 0x01], [0x1A, 0x45, 0xDF, 0xA3],
    ])
    func `other kinds without letters too`(start: [UInt8]) {
        #expect(failure { try decode(start) }?.code == .unsupportedFormat)
    }

    @Test(arguments: ["BMW is a make of car", "just text", "\u{1}", "<html></html>"])
    func `what is no picture is said so`(text: String) {
        #expect(failure { try decode(Array(text.utf8)) }?.code == .notAnImage)
    }

    @Test func `an empty file and no file`() throws {
        #expect(failure { try decode([]) }?.message == "The file is empty. Send the picture again.")
        let found = #expect(throws: Failure.self) {
            let order = DecodeOrder(thumbnailSide: nil, views: [])
            return try withCodec { try $0.decode(-1, for: order, into: .init(start: nil, count: 0)) }
        }
        #expect(found?.code == .unreadable)
    }
}
