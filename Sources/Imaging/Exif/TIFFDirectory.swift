/// One directory of a TIFF structure, which is what EXIF is: fields by their tags (TIFF 6.0, section 2).
///
/// Read by hand, because libvips gives EXIF only as text for people, cut off after 255 bytes, and of TIFF files none at
/// all. Reads nothing outside its bytes, whatever they say, and is valid as long as they are.
struct TIFFDirectory {
    private let bytes: TIFFBytes
    private let entries: Range<Int>

    /// The first directory. `nil` for what is no TIFF structure; EXIF's own introduction before it is skipped.
    init?(_ memory: UnsafeRawBufferPointer) {
        let start = memory.starts(with: Array("Exif\0\0".utf8)) ? 6 : 0
        guard let bytes = TIFFBytes(UnsafeRawBufferPointer(rebasing: memory[start...])) else { return nil }
        self.init(bytes, at: bytes.unsigned(at: 4, as: UInt32.self))
    }

    private init?(_ bytes: TIFFBytes, at place: Int?) {
        guard let place, let count = bytes.unsigned(at: place, as: UInt16.self) else { return nil }
        self.bytes = bytes
        entries = place + 2..<place + 2 + count * 12
    }

    /// The directory that a field points at.
    func directory(_ pointer: UInt16) -> TIFFDirectory? {
        guard let place = self[pointer]?.integer else { return nil }
        return TIFFDirectory(bytes, at: place)
    }

    /// The field with this tag; the first one where there are more.
    subscript(tag: UInt16) -> TIFFField? {
        for entry in stride(from: entries.lowerBound, to: entries.upperBound, by: 12) {
            guard let found = bytes.unsigned(at: entry, as: UInt16.self) else { return nil }
            if found == tag { return field(at: entry) }
        }
        return nil
    }

    /// Twelve bytes: tag, type, how many values, and the values themselves or, where they are longer, their place.
    private func field(at entry: Int) -> TIFFField? {
        guard let type = bytes.unsigned(at: entry + 2, as: UInt16.self).flatMap(TIFFField.ValueType.init),
            let count = bytes.unsigned(at: entry + 4, as: UInt32.self)
        else { return nil }
        let length = count * type.size
        guard let place = length <= 4 ? entry + 8 : bytes.unsigned(at: entry + 8, as: UInt32.self),
            let values = bytes.part(at: place, length: length)
        else { return nil }
        return TIFFField(type: type, values: values)
    }
}
