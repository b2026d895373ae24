/// The bytes of a TIFF structure with its byte order. Every read is checked.
struct TIFFBytes {
    let bytes: UnsafeRawBufferPointer
    private let isLittleEndian: Bool

    /// `nil` for what does not begin like a TIFF structure.
    init?(_ bytes: UnsafeRawBufferPointer) {
        switch true {
        case bytes.starts(with: [0x49, 0x49, 0x2A, 0x00]): isLittleEndian = true
        case bytes.starts(with: [0x4D, 0x4D, 0x00, 0x2A]): isLittleEndian = false
        default: return nil
        }
        self.bytes = bytes
    }

    private init(_ bytes: UnsafeRawBufferPointer, isLittleEndian: Bool) {
        (self.bytes, self.isLittleEndian) = (bytes, isLittleEndian)
    }

    /// Some of the bytes; `nil` where not all of them are there.
    func part(at place: Int, length: Int) -> TIFFBytes? {
        guard place >= 0, length >= 0, length <= bytes.count, place <= bytes.count - length else { return nil }
        let part = UnsafeRawBufferPointer(rebasing: bytes[place..<place + length])
        return TIFFBytes(part, isLittleEndian: isLittleEndian)
    }

    /// The number at a place; `nil` where not all of it is there.
    func number<Number: FixedWidthInteger & BitwiseCopyable>(at place: Int, as type: Number.Type) -> Number? {
        guard let part = part(at: place, length: type.bitWidth / 8) else { return nil }
        let number = part.bytes.loadUnaligned(as: type)
        return isLittleEndian ? Number(littleEndian: number) : Number(bigEndian: number)
    }

    /// The number without a sign, of at most 32 bits, at a place.
    func unsigned<Number: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        at place: Int, as type: Number.Type
    ) -> Int? {
        number(at: place, as: type).map { Int($0) }
    }
}
