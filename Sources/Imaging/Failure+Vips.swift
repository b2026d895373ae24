import Domain

extension Failure {
    /// What libvips could not do with a picture, in words for people; its own words become the detail.
    init(_ error: VipsError, of format: ImageFormat, isThereRoom: Bool) {
        let kind = isThereRoom ? error.kind : .outOfMemory
        self.init(kind.code, kind.sentence(about: format), detail: error.message.isEmpty ? nil : error.message)
    }

    /// The header says that there are more pixels than are accepted.
    static func tooManyPixels(_ facts: PictureFacts, most: Int) -> Failure {
        let (width, height) = (grouped(facts.width), grouped(facts.height))
        return Failure(
            .tooManyPixels,
            """
            The picture has \(width) × \(height) pixels, more than the \(grouped(most)) in all that are accepted. Send \
            a smaller version.
            """)
    }

    /// A number with commas, `1,234,567`, because people do not count zeros.
    private static func grouped(_ number: Int) -> String {
        var digits = Array(String(number))
        for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
        return String(digits)
    }
}

extension VipsError.Kind {
    fileprivate var code: Failure.Code {
        switch self {
        case .outOfMemory: .decodeLimit
        case .tooLarge: .tooManyPixels
        case .unsupported: .unsupportedFormat
        case .damaged: .damaged
        }
    }

    fileprivate func sentence(about format: ImageFormat) -> String {
        switch self {
        case .outOfMemory:
            """
            Decoding the picture takes more memory than is allowed. Send a smaller version, or save it in another format.
            """
        case .tooLarge:
            "The picture is wider or higher than can be decoded. Send a smaller version."
        case .unsupported:
            """
            The picture is a rare kind of \(format == .webp ? "WebP" : format.rawValue.uppercased()) that cannot be read \
            here. Save it as an ordinary JPEG or PNG and send that.
            """
        case .damaged:
            """
            The picture is damaged or its end is missing. Send it again; if it does not open elsewhere either, send \
            another copy.
            """
        }
    }
}
