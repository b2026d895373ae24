import Foundation

extension AlertCondition {
    /// Reads a condition in words, as `description` writes it, with `>=` or `at least` as good as `≥`: `label Car >= 80`,
    /// `moderation >= 60`, `text contains INVOICE`, `faces >= 3`.
    public init(words text: String) throws(AlertWordsError) {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let (kind, rest) = Self.split(text)
        switch kind.lowercased() {
        case "label":
            let (name, least) = try Self.threshold(rest, after: "label", example: "label Car >= 80")
            guard let name else { throw AlertWordsError("“label” needs the name of a label: label Car >= 80") }
            self = .label(name, minConfidence: least)
        case "moderation":
            let (name, least) = try Self.threshold(rest, after: "moderation", example: "moderation >= 60")
            self = .moderation(name, minConfidence: least)
        case "text":
            let (verb, wanted) = Self.split(rest)
            guard verb.lowercased() == "contains" else {
                throw AlertWordsError("after “text” comes “contains”, not “\(verb)”: text contains INVOICE")
            }
            guard !wanted.isEmpty else { throw AlertWordsError("“contains” needs a text: text contains INVOICE") }
            self = .text(try Self.short(wanted))
        case "faces":
            let (name, number) = try Self.comparison(rest, after: "faces", example: "faces >= 3")
            guard name == nil else {
                throw AlertWordsError("after “faces” comes “>=”, not “\(name ?? "")”: faces >= 3")
            }
            guard let count = Int(number), (1...1000).contains(count) else {
                throw AlertWordsError("“faces” takes a whole number from 1 to 1000, not “\(number)”")
            }
            self = .faces(count)
        default:
            throw AlertWordsError("a condition begins with label, moderation, text or faces, not “\(kind)”")
        }
    }

    /// What comes before the comparison, if anything, and the confidence behind it.
    private static func threshold(
        _ text: String, after word: String, example: String
    ) throws(AlertWordsError) -> (name: String?, least: Double) {
        let (name, number) = try comparison(text, after: word, example: example)
        guard let least = Double(number), (0...100).contains(least) else {
            throw AlertWordsError("a confidence is a number from 0 to 100, not “\(number)”: \(example)")
        }
        return (try name.map { name throws(AlertWordsError) in try short(name) }, least)
    }

    private static func comparison(
        _ text: String, after word: String, example: String
    ) throws(AlertWordsError) -> (name: String?, number: String) {
        // The last one, for a name may hold one too.
        let sign = ["≥", ">=", "at least"].compactMap { text.range(of: $0, options: .backwards) }.max {
            $0.lowerBound < $1.lowerBound
        }
        guard let sign else { throw AlertWordsError("“>=” and a number are missing after “\(word)”: \(example)") }
        let name = text[..<sign.lowerBound].trimmingCharacters(in: .whitespaces)
        let number = text[sign.upperBound...].trimmingCharacters(in: .whitespaces)
        guard !number.isEmpty else { throw AlertWordsError("a number is missing after “>=”: \(example)") }
        return (name.isEmpty ? nil : name, number)
    }

    private static func short(_ text: String) throws(AlertWordsError) -> String {
        guard text.count <= longest else { throw AlertWordsError("a name or text has at most \(longest) characters") }
        return text
    }

    /// The first word, and the rest.
    private static func split(_ text: String) -> (word: String, rest: String) {
        let word = text.prefix { !$0.isWhitespace }
        return (String(word), text.dropFirst(word.count).trimmingCharacters(in: .whitespacesAndNewlines))
    }
}

/// Why words are no condition, and what would be one.
public struct AlertWordsError: Error, Equatable, CustomStringConvertible {
    /// What is wrong.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
