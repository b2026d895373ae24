/// EXIF written by hand: a TIFF structure with a main directory, one about the taking and one about the place.
/// See TIFF 6.0, section 2, and EXIF 2.32, section 4.6.
struct Exif {
    var orientation: UInt16?
    var main: [UInt16: Value] = [:]
    var exif: [UInt16: Value] = [:]
    var gps: [UInt16: Value] = [:]
    var isBigEndian = false

    static let make: UInt16 = 0x010F
    static let model: UInt16 = 0x0110
    static let dateTime: UInt16 = 0x0132
    static let dateTimeOriginal: UInt16 = 0x9003
    static let dateTimeDigitized: UInt16 = 0x9004
    static let offsetTime: UInt16 = 0x9010
    static let offsetTimeOriginal: UInt16 = 0x9011

    enum Value: ExpressibleByStringLiteral {
        case text(String)
        case byte(UInt8)
        case short(UInt16)
        case long(UInt32)
        case fractions([(UInt32, UInt32)])

        init(stringLiteral text: String) { self = .text(text) }
    }

    /// The structure by itself, without EXIF's introduction.
    var tiff: [UInt8] {
        var fields = main
        if let orientation { fields[0x0112] = .short(orientation) }
        fields[0x8769] = .long(0)
        fields[0x8825] = .long(0)
        let exifStart = 8 + directory(fields, at: 8).count
        let exifBytes = directory(exif, at: exifStart)
        fields[0x8769] = .long(UInt32(exifStart))
        fields[0x8825] = .long(UInt32(exifStart + exifBytes.count))
        return Array((isBigEndian ? "MM" : "II").utf8) + bytes(UInt16(42)) + bytes(UInt32(8)) + directory(fields, at: 8)
            + exifBytes + directory(gps, at: exifStart + exifBytes.count)
    }

    /// A JPEG file with this EXIF as its first segment.
    func inserted(into jpeg: [UInt8]) -> [UInt8] {
        let payload = Array("Exif\0\0".utf8) + tiff
        let length = payload.count + 2
        return jpeg[..<2] + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)] + payload + jpeg[2...]
    }

    /// A PNG file with this EXIF in a chunk before its last one, as some programs write it.
    func appended(to png: [UInt8]) -> [UInt8] {
        let body = Array("eXIf".utf8) + tiff
        func big(_ number: UInt32) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }
        let chunk = big(UInt32(tiff.count)) + body + big(checksum(body))
        return png[..<(png.count - 12)] + chunk + png[(png.count - 12)...]
    }

    /// A directory and, behind it, the values longer than four bytes.
    private func directory(_ fields: [UInt16: Value], at start: Int) -> [UInt8] {
        var entries = bytes(UInt16(fields.count))
        var values: [UInt8] = []
        let end = start + 2 + fields.count * 12 + 4
        for (tag, field) in fields.sorted(by: { $0.key < $1.key }) {
            let (type, count, value) = encoded(field)
            entries += bytes(tag) + bytes(type) + bytes(UInt32(count))
            if value.count <= 4 {
                entries += value + [UInt8](repeating: 0, count: 4 - value.count)
            } else {
                entries += bytes(UInt32(end + values.count))
                values += value
            }
        }
        return entries + bytes(UInt32(0)) + values
    }

    private func encoded(_ value: Value) -> (type: UInt16, count: Int, bytes: [UInt8]) {
        switch value {
        case .text(let text): (2, text.utf8.count + 1, Array(text.utf8) + [0])
        case .byte(let byte): (1, 1, [byte])
        case .short(let number): (3, 1, bytes(number))
        case .long(let number): (4, 1, bytes(number))
        case .fractions(let fractions): (5, fractions.count, fractions.flatMap { bytes($0.0) + bytes($0.1) })
        }
    }

    private func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: isBigEndian ? number.bigEndian : number.littleEndian) { Array($0) }
    }
}

/// The checksum of a PNG chunk (PNG, third edition, annex D).
private func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { sum, byte in
        (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ sum >> 1 : sum >> 1 }
    }
}
