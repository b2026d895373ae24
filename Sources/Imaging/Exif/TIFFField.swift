import Foundation

/// The values of one field of a TIFF structure.
struct TIFFField {
    let type: ValueType
    let values: TIFFBytes

    /// The types that EXIF uses, with their numbers (EXIF 2.32, section 4.6.2).
    enum ValueType: UInt16 {
        case byte = 1
        case ascii = 2
        case short = 3
        case long = 4
        case rational = 5
        case undefined = 7
        case signedLong = 9
        case signedRational = 10

        init?(_ number: Int) {
            self.init(rawValue: UInt16(truncatingIfNeeded: number))
        }

        /// Bytes of one value.
        var size: Int {
            switch self {
            case .byte, .ascii, .undefined: 1
            case .short: 2
            case .long, .signedLong: 4
            case .rational, .signedRational: 8
            }
        }
    }

    /// The most bytes of a text that are read. Cameras and times need fewer; megabytes would not fit into an answer.
    static let longestText = 256

    /// The text up to its closing zero, without spaces around it; `nil` for none and for what is no text.
    var text: String? {
        guard type == .ascii else { return nil }
        let text = String(decoding: values.bytes.prefix(Self.longestText).prefix { $0 != 0 }, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        return text.isEmpty ? nil : text
    }

    /// The first value, where it is a whole number.
    var integer: Int? {
        switch type {
        case .byte, .undefined: values.unsigned(at: 0, as: UInt8.self)
        case .short: values.unsigned(at: 0, as: UInt16.self)
        case .long: values.unsigned(at: 0, as: UInt32.self)
        case .signedLong: values.number(at: 0, as: Int32.self).map { Int($0) }
        case .ascii, .rational, .signedRational: nil
        }
    }

    /// All values, where they are fractions. One over nothing is infinite, and nothing over nothing is no number.
    var fractions: [Double]? {
        let places = stride(from: 0, to: values.bytes.count, by: 8)
        switch type {
        case .rational: return places.compactMap { fraction(at: $0, of: UInt32.self) }
        case .signedRational: return places.compactMap { fraction(at: $0, of: Int32.self) }
        default: return nil
        }
    }

    private func fraction<Number: FixedWidthInteger & BitwiseCopyable>(at place: Int, of type: Number.Type) -> Double? {
        guard let numerator = values.number(at: place, as: type),
            let denominator = values.number(at: place + 4, as: type)
        else { return nil }
        return Double(numerator) / Double(denominator)
    }
}
