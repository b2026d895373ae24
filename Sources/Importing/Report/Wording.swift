/// How figures are written for people.
enum Wording {
    /// `1,234,567`.
    static func number(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var groups: [Substring] = []
        var rest = digits[...]
        while !rest.isEmpty {
            groups.insert(rest.suffix(3), at: 0)
            rest = rest.dropLast(3)
        }
        return (number < 0 ? "-" : "") + groups.joined(separator: ",")
    }

    /// `1 photo`, `1,234 photos`.
    static func count(_ number: Int, _ one: String, _ more: String? = nil) -> String {
        "\(self.number(number)) \(number == 1 ? one : more ?? one + "s")"
    }

    /// `45 s`, `3 min 12 s`, `2 h 5 min`.
    static func time(_ seconds: Double) -> String {
        let whole = Int(max(0, min(seconds, 1e9)).rounded())
        switch whole {
        case ..<60: return "\(whole) s"
        case ..<3600: return "\(whole / 60) min \(whole % 60) s"
        default: return "\(whole / 3600) h \(whole / 60 % 60) min"
        }
    }

    /// Text as it can be shown: a file name may hold anything, also what moves the cursor.
    static func visible(_ text: String) -> String {
        String(text.map { $0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } ? "�" : $0 })
    }

    /// Text cut in its middle, where the telling parts of a path are not, to at most `width` characters.
    static func shortened(_ text: String, to width: Int) -> String {
        guard text.count > width else { return text }
        guard width > 3 else { return String(text.suffix(max(0, width))) }
        let head = (width - 1) / 3
        return text.prefix(head) + "…" + text.suffix(width - 1 - head)
    }

    /// Text filled up with spaces to `width` characters.
    static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
