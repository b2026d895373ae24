import Foundation

/// Text as the header of a mail can hold it.
public enum HeaderText {
    /// The longest an encoded word may be is 75 characters; this many bytes of text make one of 72.
    private static let mostBytes = 45

    /// The text as it is where it is plain ASCII, else in encoded words (RFC 2047). Control characters become spaces, so
    /// that no text can end its line and begin another.
    public static func encoded(_ text: String) -> String {
        let line = String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? " " : $0 }))
        let isPlain = line.utf8.allSatisfy { 0x20...0x7E ~= $0 } && line.utf8.count <= 900 && !line.contains("=?")
        guard !isPlain else { return line }
        return pieces(of: line).map { "=?UTF-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }

    /// The text in pieces that fit in an encoded word each; no character is cut.
    private static func pieces(of text: String) -> [String] {
        var pieces = [""]
        // By scalars: one cluster may be longer than a word holds.
        for scalar in text.unicodeScalars {
            let count = String(scalar).utf8.count
            if (pieces.last ?? "").utf8.count + count > mostBytes { pieces.append("") }
            pieces[pieces.count - 1].unicodeScalars.append(scalar)
        }
        return pieces
    }

    /// Also the ends of lines and paragraphs of Unicode.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        [.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
    }
}
