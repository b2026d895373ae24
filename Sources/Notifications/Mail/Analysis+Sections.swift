import Domain

extension Analysis {
    private typealias Section = MailContent.Section
    private typealias Row = MailContent.Row

    /// The most faces and lines of text that are told one by one.
    private static let most = 30
    /// The most characters of a line of text.
    private static let longest = 200

    /// What the photo is of, in some words: the exact ones, not what those are kinds of.
    var gist: String {
        let names = LabelLimits(maxLabels: 3, minConfidence: 0).apply(to: labels).map(\.name)
        let people = faces.count == 1 ? "a face" : "\(faces.count) faces"
        if !names.isEmpty { return names.joined(separator: ", ") }
        return faces.isEmpty ? "nothing sure enough" : people
    }

    /// What was found, under headings; what was not found has none.
    var sections: [MailContent.Section] {
        [
            Section(title: "What is in it", rows: labels.map { Row($0.name, percent($0.confidence)) }),
            Section(
                title: faces.count == 1 ? "1 face" : "\(faces.count) faces",
                rows: shortened(faces) { Row($0.words) }),
            Section(
                title: "Unsafe content",
                rows: moderation.filter { $0.confidence >= ModerationLabel.leastShown }.map {
                    Row($0.name, percent($0.confidence))
                }),
            Section(
                title: "Text in it",
                rows: shortened(text.filter { $0.type == .line }) { Row(String($0.text.prefix(Self.longest))) }),
            Section(title: "Not looked for", rows: gaps),
        ].filter { !$0.rows.isEmpty }
    }

    private var gaps: [Row] {
        AnalysisKind.allCases.compactMap { kind in
            switch states[kind] {
            case .unavailable: Row(kind.rawValue, "a model is missing")
            case .failed: Row(kind.rawValue, "it failed")
            default: nil
            }
        }
    }

    private func percent(_ confidence: Double) -> String {
        "\(Int(confidence.rounded(.down))) %"
    }

    private func shortened<Item>(_ items: [Item], _ row: (Item) -> Row) -> [Row] {
        let rows = items.prefix(Self.most).map(row)
        return items.count > Self.most ? rows + [Row("… and \(items.count - Self.most) more")] : rows
    }
}

extension Face {
    /// `woman, 25–35 years, smiling, happy`.
    var words: String {
        let person = gender.map { $0.value == .male ? "man" : "woman" } ?? "somebody"
        let age = ageRange.map { "\($0.low)–\($0.high) years" }
        let smiles = smile?.value == true ? "smiling" : nil
        let mood = emotions.first.flatMap { $0.confidence >= 50 ? $0.type.words : nil }
        return [person, age, smiles, mood].compactMap { $0 }.joined(separator: ", ")
    }
}

extension Face.Emotion.Kind {
    fileprivate var words: String { self == .fear ? "afraid" : rawValue }
}
