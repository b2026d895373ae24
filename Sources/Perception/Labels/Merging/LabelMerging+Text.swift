internal import Domain

extension LabelMerging {
    /// Adds what can be read off the text: that there is some, and that a page is a receipt.
    func addText(_ text: [TextDetection], to board: inout LabelBoard) {
        let words = text.filter { $0.type == .word && $0.confidence >= 80 && $0.text.count >= 2 }
        guard !words.isEmpty else { return }
        // One word may be a texture that looks like it.
        board.raise("Text", to: words.count >= 3 ? 0.97 : 0.8, isSubject: false)
        if Self.isReceipt(text.filter { $0.type == .line }.map(\.text)) { board.raise("Receipt", to: 0.9) }
    }

    /// Whether lines are those of a bill: three prices or more, and a word for their sum.
    static func isReceipt(_ lines: [String]) -> Bool {
        let sums = [
            "total", "subtotal", "amount", "cash", "change", "balance", "vat", "tax", "gst", "summe", "betrag",
            "jumlah",
        ]
        let words = lines.joined(separator: " ").lowercased().split { !$0.isLetter }
        guard words.contains(where: { sums.contains(String($0)) }) else { return false }
        return lines.reduce(0) { $0 + $1.matches(of: /\d[.,]\d\d(?!\d)/).count } >= 3
    }
}
