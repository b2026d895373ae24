import CVips

/// What libvips says went wrong.
struct VipsError: Error {
    let message: String
    let kind: Kind

    /// What kind of trouble it is, as far as the many libraries under libvips agree on words for it.
    enum Kind: CaseIterable {
        case tooLarge, outOfMemory, unsupported, damaged
    }

    /// Takes what libvips' error buffer holds. The buffer is one for the whole process, so it must be empty when a
    /// picture is begun: see ``forget()``.
    init() {
        self.init(String(cString: vips_error_buffer()))
        Self.forget()
    }

    init(_ text: String) {
        message = String(text.split(whereSeparator: \.isNewline).joined(separator: "; ").prefix(200))
        let text = text.lowercased()
        kind = Kind.allCases.first { $0.words.contains(where: text.contains) } ?? .damaged
    }

    /// Empties libvips' error buffer.
    static func forget() {
        vips_error_clear()
    }
}

extension VipsError.Kind {
    /// What messages of this kind contain, in small letters.
    fileprivate var words: [String] {
        switch self {
        // libjpeg, libtiff and libheif; the last calls it a memory allocation error, too.
        case .tooLarge:
            ["maximum supported image dimension", "width/height out of range", "exceeds the maximum image size"]
        case .outOfMemory: ["out of memory", "unable to alloc", "cannot allocate memory", "memory allocation error"]
        case .unsupported:
            [
                // libjpeg: lossless and arithmetic coding, twelve bits
                "unsupported jpeg process", "unsupported jpeg data precision", "unsupported color conversion",
                // libtiff and libvips' own reading of TIFF
                "unsupported tiff image type", "not implemented", "not configured", "image not supported",
                "images not supported", "planes not supported",
                // libheif and libwebp
                "unsupported feature", "unsupported file-type", "unsupported codec", "unsupported_feature",
            ]
        case .damaged: []
        }
    }
}
