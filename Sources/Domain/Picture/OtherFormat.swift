/// Kinds of files that are recognised only to be refused by name.
enum OtherFormat: String, Sendable {
    case svg = "an SVG drawing"
    case pdf = "a PDF document"
    case bmp = "a BMP picture"
    case ico = "an icon (ICO)"
    case photoshop = "a Photoshop document"
    case jpegXL = "a JPEG XL picture"
    case jpeg2000 = "a JPEG 2000 picture"
    case openEXR = "an OpenEXR picture"
    case radiance = "a Radiance HDR picture"
    case video = "a video"
    case rawPhoto = "a raw photo (CR3)"

    /// How many of a file's first bytes may be needed to tell: an SVG may begin with long comments.
    static let signatureLength = 1024

    /// Recognises a file by its first `signatureLength` bytes.
    init?(signature bytes: some Collection<UInt8>) {
        let head = Array(bytes.prefix(Self.signatureLength))
        func holds(_ text: String, at offset: Int = 0) -> Bool {
            head.dropFirst(offset).starts(with: text.utf8)
        }
        switch true {
        case holds("%PDF-"): self = .pdf
        case holds("8BPS"): self = .photoshop
        case holds("BM") && head.count > 25 && head[6..<10].allSatisfy { $0 == 0 }: self = .bmp
        case head.starts(with: [0, 0, 1, 0]), head.starts(with: [0, 0, 2, 0]): self = .ico
        case head.starts(with: [0xFF, 0x0A]), holds("JXL ", at: 4): self = .jpegXL
        case head.starts(with: [0xFF, 0x4F, 0xFF, 0x51]), holds("jP  ", at: 4): self = .jpeg2000
        case head.starts(with: [0x76, 0x2F, 0x31, 0x01]): self = .openEXR
        case holds("#?RADIANCE"), holds("#?RGBE"): self = .radiance
        case holds("ftypcrx", at: 4): self = .rawPhoto
        case holds("ftyp", at: 4), head.starts(with: [0x1A, 0x45, 0xDF, 0xA3]): self = .video
        case String(decoding: head, as: UTF8.self).contains("<svg"): self = .svg
        default: return nil
        }
    }
}
