public import Foundation

/// The identity of one photo: a UUIDv7 (RFC 9562 §5.7), lower case, opaque to clients.
///
/// Ids sort by the millisecond in which they were made, so the newest photo has the greatest id, and whatever lies in
/// a folder with an id older than the process cannot belong to an upload under way.
public struct PhotoID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The canonical text, `xxxxxxxx-xxxx-7xxx-xxxx-xxxxxxxxxxxx`.
    public let description: String

    /// Makes a new id for the present moment.
    public init() {
        self.init(at: Date())
    }

    /// Makes a new id that carries the given time.
    public init(at time: Date) {
        // Twelve bits of the random part are the fraction of the millisecond (RFC 9562 §6.2, method 3): ids made one
        // after the other sort so, too.
        let ticks = UInt64(max(0, time.timeIntervalSince1970 * 1000 * 4096))
        let random = UInt64.random(in: .min ... .max)
        let high = (ticks >> 12) << 16 | 0x7000 | (ticks & 0x0FFF)
        let low = (random & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000
        let digits = Array((Self.hex(high) + Self.hex(low)))
        let groups = [digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20..<32]]
        description = groups.map { String($0) }.joined(separator: "-")
    }

    /// Reads an id as clients send it; `nil` unless it is a canonical UUIDv7, so an id is safe as a file name.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 36, bytes[14] == UInt8(ascii: "7") else { return nil }
        for (index, byte) in bytes.enumerated() {
            switch index {
            case 8, 13, 18, 23: guard byte == UInt8(ascii: "-") else { return nil }
            default:
                let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                guard isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte) else { return nil }
            }
        }
        description = text
    }

    /// The time at which the id was made, to the millisecond.
    public var time: Date {
        let digits = description.prefix(8) + description.dropFirst(9).prefix(4)
        return Date(timeIntervalSince1970: Double(UInt64(digits, radix: 16) ?? 0) / 1000)
    }

    /// Older ids come first.
    public static func < (left: PhotoID, right: PhotoID) -> Bool {
        left.description < right.description
    }

    private static func hex(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension PhotoID: WrittenAsText {
    /// What an id is, for whoever wrote something else.
    public static let rule = "the id of a photo"
}
