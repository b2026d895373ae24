import Domain
import Foundation

extension TakenAt {
    /// The time a camera wrote: when the picture was taken, else digitised, else last changed. Each has its own
    /// offset field (EXIF 2.31). What is no possible time counts as absent; so does an impossible offset.
    init?(exif: ExifFields) {
        let sources = [
            (time: exif.taking?[0x9003], offset: exif.taking?[0x9011]),
            (time: exif.taking?[0x9004], offset: exif.taking?[0x9012]),
            (time: exif.main?[0x0132], offset: exif.taking?[0x9010]),
        ]
        for source in sources {
            guard let local = source.time?.text.flatMap(Self.local(exif:)) else { continue }
            self.init(local: local, offset: source.offset?.text.flatMap(Self.offset(exif:)), source: .exif)
            return
        }
        return nil
    }

    /// `YYYY-MM-DDTHH:MM:SS` from EXIF's `YYYY:MM:DD HH:MM:SS`; `nil` for what is not a time on any calendar.
    static func local(exif text: String) -> String? {
        let fields = text.split { !$0.isASCII || !$0.isNumber }
        guard fields.map(\.count).starts(with: [4, 2, 2, 2, 2, 2]) else { return nil }
        let numbers = fields.compactMap { Int($0) }
        guard numbers.count >= 6, isDate(numbers[0], numbers[1], numbers[2]),
            (0..<24).contains(numbers[3]), (0..<60).contains(numbers[4]), (0..<60).contains(numbers[5])
        else { return nil }
        return fields[0..<3].joined(separator: "-") + "T" + fields[3..<6].joined(separator: ":")
    }

    /// A day between the first photograph and the year 9999.
    private static func isDate(_ year: Int, _ month: Int, _ day: Int) -> Bool {
        guard (1826...9999).contains(year), (1...12).contains(month) else { return false }
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[month - 1]).contains(day)
    }

    /// `±HH:MM`, or `Z` for none, between −12:00 and +14:00, the offsets in use anywhere.
    static func offset(exif text: String) -> String? {
        let text = text.trimmingCharacters(in: .whitespaces)
        if text == "Z" { return "+00:00" }
        let characters = Array(text)
        guard characters.count == 6, characters[0] == "+" || characters[0] == "-", characters[3] == ":",
            let hours = Int(String(characters[1...2])), let minutes = Int(String(characters[4...5])),
            hours >= 0, (0..<60).contains(minutes)
        else { return nil }
        let total = (hours * 60 + minutes) * (characters[0] == "-" ? -1 : 1)
        return (-12 * 60...14 * 60).contains(total) ? text : nil
    }
}
