import Domain
import Testing

@Suite struct ImageFormatTests {
    @Test func kindsAreToldByTheirFirstBytes() {
        #expect(ImageFormat(signature: [0xFF, 0xD8, 0xFF, 0xE1]) == .jpeg)
        #expect(ImageFormat(signature: Array("\u{89}PNG\r\n\u{1A}\n".unicodeScalars.map { UInt8($0.value) })) == .png)
        #expect(ImageFormat(signature: Array("GIF89a".utf8)) == .gif)
        #expect(ImageFormat(signature: Array("RIFF____WEBPVP8 ".utf8)) == .webp)
        #expect(ImageFormat(signature: Array("RIFF____WAVEfmt ".utf8)) == nil)
        #expect(ImageFormat(signature: [0x4D, 0x4D, 0x00, 0x2A]) == .tiff)
        #expect(ImageFormat(signature: [0x49, 0x49, 0x2B, 0x00]) == .tiff)
        #expect(ImageFormat(signature: Array("____ftypheic____mif1heic".utf8)) == .heic)
        #expect(ImageFormat(signature: Array("____ftypmif1____mif1avif".utf8)) == .avif)
        #expect(ImageFormat(signature: Array("____ftypavif".utf8)) == .avif)
        #expect(ImageFormat(signature: Array("____ftypmp42____isom".utf8)) == nil)
        #expect(ImageFormat(signature: [] as [UInt8]) == nil)
        #expect(ImageFormat(signature: [0xFF, 0xD8]) == nil)
    }

    @Test(arguments: [
        ("%PDF-1.7", "PDF"), ("<?xml version='1.0'?><!-- x --><svg xmlns=", "SVG"), ("____ftypisom", "video"),
        ("8BPS", "Photoshop"),
    ])
    func aRefusalSaysWhatItIsAndWhatIsAccepted(_ head: String, _ name: String) {
        let failure = Failure.unrecognised(Array(head.utf8))
        #expect(failure.code == .unsupportedFormat)
        #expect(failure.message.contains(name))
        #expect(failure.message.contains("JPEG"))
    }

    @Test func whatNobodyKnowsIsNoImage() {
        #expect(Failure.unrecognised(Array("hello, world".utf8)).code == .notAnImage)
        #expect(Failure.unrecognised([] as [UInt8]).code == .notAnImage)
    }
}
