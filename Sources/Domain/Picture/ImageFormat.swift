/// The kinds of picture files that are accepted, told by their content and never by their name.
public enum ImageFormat: String, Sendable, Codable, CaseIterable {
    case jpeg, png, webp, heic, avif, tiff, gif

    /// The media type, for `Content-Type`.
    public var mediaType: String { "image/\(rawValue)" }

    /// The usual end of a file name, without the dot.
    public var fileExtension: String {
        switch self {
        case .jpeg: "jpg"
        case .tiff: "tif"
        default: rawValue
        }
    }

    /// How many of a file's first bytes tell its kind.
    public static let signatureLength = 32

    /// Recognises a file by its first `signatureLength` bytes. `nil` for anything that is not accepted.
    ///
    /// Signatures: JPEG ITU-T T.81 SOI, PNG §5.2, WebP container, ISO BMFF `ftyp` brands of HEIF and AVIF, TIFF 6.0
    /// with its BigTIFF form, GIF87a and GIF89a.
    public init?(signature bytes: some Collection<UInt8>) {
        let head = Array(bytes.prefix(Self.signatureLength))
        func holds(_ text: String, at offset: Int = 0) -> Bool {
            let wanted = Array(text.utf8)
            return head.count >= offset + wanted.count && Array(head[offset..<offset + wanted.count]) == wanted
        }
        switch true {
        case head.starts(with: [0xFF, 0xD8, 0xFF]): self = .jpeg
        case head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]): self = .png
        case holds("GIF87a"), holds("GIF89a"): self = .gif
        case holds("RIFF") && holds("WEBP", at: 8): self = .webp
        case head.starts(with: [0x49, 0x49, 0x2A, 0x00]), head.starts(with: [0x4D, 0x4D, 0x00, 0x2A]): self = .tiff
        case head.starts(with: [0x49, 0x49, 0x2B, 0x00]), head.starts(with: [0x4D, 0x4D, 0x00, 0x2B]): self = .tiff
        case holds("ftyp", at: 4):
            // The major brand first; the generic ones (`mif1`) name the kind among the compatible brands behind it.
            let starts = stride(from: 8, to: head.count - 3, by: 4)
            let brands = Set(starts.map { String(decoding: head[$0..<$0 + 4], as: UTF8.self) })
            if !brands.isDisjoint(with: ["avif", "avis"]) {
                self = .avif
            } else if !brands.isDisjoint(with: ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1"]) {
                self = .heic
            } else {
                return nil
            }
        default: return nil
        }
    }
}
