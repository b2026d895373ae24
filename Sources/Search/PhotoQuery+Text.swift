public import Domain

extension PhotoQuery {
    /// Reads what a person types into a search box.
    ///
    ///     dog beach             both words, in any form, in the labels or the key
    ///     mount*                every word that begins so
    ///     "golden retriever"    these words, side by side
    ///     label:Dog             exactly this label; label:"Coffee Mug" where it has spaces
    ///     bucket:incoming       in this bucket
    ///
    /// Nothing is an error: what is no condition is a word.
    public init(text: String) {
        self.init()
        for term in Self.terms(of: text) {
            switch term.field {
            case "label" where !term.value.isEmpty: labels.append(term.value)
            case "bucket": if let name = BucketName(term.value) { bucket = name }
            default: words.append(contentsOf: term.words)
            }
        }
    }

    private struct Term {
        var field: String?
        var value: String

        /// The term as words to look for; a word without a letter or digit finds nothing and is left out.
        var words: [String] {
            let text = field.map { "\($0):\(value)" } ?? value
            let isSearchable = text.contains { $0.isLetter || $0.isNumber }
            return isSearchable ? [text] : []
        }
    }

    private static func terms(of text: String) -> [Term] {
        var terms: [Term] = []
        var rest = text[...]
        while true {
            rest = rest.drop(while: \.isWhitespace)
            guard !rest.isEmpty else { return terms }
            let head = rest.prefix { !$0.isWhitespace && $0 != ":" && $0 != "\"" }
            let isField = ["label", "bucket"].contains(head.lowercased()) && rest.dropFirst(head.count).first == ":"
            if isField { rest = rest.dropFirst(head.count + 1) }
            let isQuoted = rest.first == "\""
            let value: Substring
            if isQuoted {
                value = rest.dropFirst().prefix { $0 != "\"" }
                rest = rest.dropFirst(value.count + 2)
            } else {
                value = rest.prefix { !$0.isWhitespace }
                rest = rest.dropFirst(value.count)
            }
            terms.append(Term(field: isField ? head.lowercased() : nil, value: String(value)))
        }
    }
}
