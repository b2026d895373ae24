import Foundation

/// The name of a taught label, as a person says it: `Our Product`, `Beach`.
///
/// It may be the name of a label that the models know; then what people say of a photo wins.
public struct LabelName: Sendable, Hashable, WrittenAsText {
    /// The longest name, in characters as people count them.
    public static let maximumLength = 60
    /// What a name must be, for whoever gave another.
    public static let rule = "1 to \(maximumLength) characters with a letter or digit among them, on one line"

    /// The name, without white space at its ends, in Unicode's composed form.
    public let description: String

    /// Accepts what `rule` says, in at most four bytes a character; `nil` for anything else.
    public init?(_ text: String) {
        let name = text.trimmingCharacters(in: .whitespacesAndNewlines).precomposedStringWithCanonicalMapping
        let isPlain = name.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
            default: true
            }
        }
        let isNamed = name.contains { $0.isLetter || $0.isNumber }
        guard isPlain, isNamed, name.count <= Self.maximumLength, name.utf8.count <= 4 * Self.maximumLength else {
            return nil
        }
        description = name
    }

    /// Whether a label goes by this name. ASCII letters are the same in both cases, as in the search index.
    public func names(_ label: String) -> Bool {
        Self.folded(description) == Self.folded(label)
    }

    /// Names are the same when these are.
    public static func == (left: LabelName, right: LabelName) -> Bool {
        folded(left.description) == folded(right.description)
    }

    /// Hashes what makes names the same.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(Self.folded(description))
    }

    private static func folded(_ text: String) -> [UInt8] {
        text.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 32 : $0 }
    }
}
