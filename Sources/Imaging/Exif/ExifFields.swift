/// What EXIF says, in its three directories (EXIF 2.32, section 4.6). Any of them may be missing.
struct ExifFields {
    /// About the picture.
    let main: TIFFDirectory?
    /// About the taking of it.
    let taking: TIFFDirectory?
    /// About the place.
    let place: TIFFDirectory?

    /// Reads a TIFF structure that outlives this value.
    init(_ memory: UnsafeRawBufferPointer) {
        main = TIFFDirectory(memory)
        taking = main?.directory(0x8769)
        place = main?.directory(0x8825)
    }

    /// What took the picture: maker and model, or the model alone where it begins with a word of the maker's name, as in
    /// "NIKON CORPORATION" and "NIKON D70".
    var camera: String? {
        let make = main?[0x010F]?.text
        guard let model = main?[0x0110]?.text else { return make }
        guard let make else { return model }
        let first = Self.words(model).first
        return Self.words(make).contains { $0 == first } ? model : "\(make) \(model)"
    }

    private static func words(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
}
