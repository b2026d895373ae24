/// The chunks of a PNG file (PNG, third edition, section 5.3).
enum PNGChunks {
    /// The EXIF of a PNG file, wherever in it. libvips sees it only before the pixels, but some programs write it behind.
    static func exif(in file: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        var place = 8
        while place + 12 <= file.count {
            let length = Int(UInt32(bigEndian: file.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
            let content = place + 8..<place + 8 + length
            guard content.upperBound + 4 <= file.count else { return nil }
            if file[place + 4..<place + 8].elementsEqual("eXIf".utf8) {
                return UnsafeRawBufferPointer(rebasing: file[content])
            }
            place = content.upperBound + 4
        }
        return nil
    }
}
