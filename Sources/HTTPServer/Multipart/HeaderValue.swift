import Foundation

/// A header value with parameters: `form-data; name="a"; filename="b.jpg"`.
struct HeaderValue: Equatable {
    /// The value itself, in lower case.
    let text: String
    /// Names in lower case, and values without quotes.
    private(set) var parameters: [String: String] = [:]

    /// Reads a value and its parameters (RFC 9110 §5.6.6); `nil` where it is broken.
    init?(_ header: String) {
        var rest = header[...]
        let end = rest.firstIndex(of: ";") ?? rest.endIndex
        text = rest[..<end].trimmed.lowercased()
        rest = rest[end...]
        while !rest.isEmpty {
            guard rest.removeFirst() == ";" else { return nil }
            rest = rest.trimmingPrefix { $0 == " " || $0 == "\t" }
            // A parameter may be left out: `a; ; b=c`.
            guard !rest.isEmpty, rest.first != ";" else { continue }
            guard let equals = rest.firstIndex(of: "=") else { return nil }
            let name = rest[..<equals].trimmed.lowercased()
            rest = rest[rest.index(after: equals)...].trimmingPrefix { $0 == " " || $0 == "\t" }
            guard let value = rest.first == "\"" ? Self.quoted(&rest) : Self.plain(&rest) else { return nil }
            // The first one counts, as in browsers.
            if parameters[name] == nil { parameters[name] = value }
        }
    }

    /// A parameter, by its name in lower case.
    subscript(name: String) -> String? {
        parameters[name]
    }

    /// A parameter in the extended form `name*=UTF-8''na%C3%AFve` (RFC 8187); `nil` where there is none that is valid.
    func extended(_ name: String) -> String? {
        guard let parts = parameters[name + "*"]?.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false),
            parts.count == 3
        else { return nil }
        switch parts[0].lowercased() {
        case "utf-8": return percentDecoded(parts[2].utf8)
        case "iso-8859-1": return latin1(parts[2])
        default: return nil
        }
    }

    private func latin1(_ text: Substring) -> String? {
        text.contains("%00")
            ? nil
            : String(text).replacing(#/%([0-9A-Fa-f]{2})/#) { match in
                UInt8(match.1, radix: 16).map { String(Character(Unicode.Scalar($0))) } ?? ""
            }
    }

    private static func plain(_ rest: inout Substring) -> String? {
        let end = rest.firstIndex(of: ";") ?? rest.endIndex
        defer { rest = rest[end...] }
        return rest[..<end].trimmed
    }

    /// A quoted string. A backslash escapes a quote or a backslash alone, and browsers write `%22` for a quote (WHATWG
    /// HTML, multipart/form-data encoding), so that `C:\new.jpg` keeps its backslash.
    private static func quoted(_ rest: inout Substring) -> String? {
        var value = ""
        rest.removeFirst()
        while let character = rest.popFirst() {
            switch character {
            case "\"":
                rest = rest.trimmingPrefix { $0 == " " || $0 == "\t" }
                return value.replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
            case "\\":
                if let next = rest.first, next == "\"" || next == "\\" {
                    value.append(next)
                    rest.removeFirst()
                } else {
                    value.append("\\")
                }
            default:
                value.append(character)
            }
        }
        return nil
    }
}

extension StringProtocol {
    /// Without blanks at either end.
    var trimmed: String {
        trimmingCharacters(in: .whitespaces)
    }
}
