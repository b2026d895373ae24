public import Domain

extension SummaryDocument {
    /// What there is, as a picture in text. With `isPlain` there are no bars, for what is no terminal.
    ///
    /// `command` is what a person types before a search.
    public func text(isPlain: Bool, command: String = "fovea search") -> String {
        guard counts.photos > 0 else { return "There are no photos yet.\n" }
        let rows = SummaryRows(isPlain: isPlain)
        var blocks = [
            ["Here is what you have: \(Wording.count(counts.photos, "photo"))\(counts.unfinished)"],
            rows.list("Kinds", counts.kinds, most: 6),
            rows.list("Labels", counts.labels.filter { !counts.kinds.contains($0) }, most: 10),
            rows.list("Years", counts.years.suffix(12), most: 12), rows.list("Places", counts.places.named, most: 5),
            rows.list("Cameras", counts.cameras, most: 5),
            [
                rows.fact("Files", counts.formats.map { "\($0.name) \(Wording.number($0.photos))" }),
                rows.fact("Faces", counts.faces.facts),
                rows.fact("Text", counts.withText > 0 ? ["in \(Wording.count(counts.withText, "photo"))"] : []),
                rows.fact("Duplicates", counts.duplicates.facts),
                rows.fact("Sensitive", counts.sensitive > 0 ? [Wording.count(counts.sensitive, "photo")] : []),
            ].compactMap { $0 },
        ]
        if !searches.isEmpty { blocks.append(["Try:"] + searches.map { "  \(command) \($0.shellQuoted)" }) }
        return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }
}

/// Lays out the rows of a summary.
private struct SummaryRows {
    let isPlain: Bool

    private static let titleWidth = 12
    private static let nameWidth = 30
    private static let barWidth = 24

    /// Names with their counts and, unless it is plain, bars beside them.
    func list(_ title: String, _ counts: some Collection<NamedCount>, most: Int) -> [String] {
        let shown = counts.prefix(most)
        let greatest = shown.map(\.photos).max() ?? 0
        let figures = shown.map { Wording.number($0.photos) }
        let figureWidth = figures.map(\.count).max() ?? 0
        return zip(shown, figures).enumerated().map { place, row in
            let (count, figure) = row
            let name = Wording.shortened(Wording.visible(count.name), to: Self.nameWidth)
            let line =
                "  \(Wording.padded(place == 0 ? title : "", to: Self.titleWidth))"
                + "\(Wording.padded(name, to: Self.nameWidth))  "
                + String(repeating: " ", count: figureWidth - figure.count) + figure
            return isPlain ? line : "\(line)  \(Self.bar(count.photos, of: greatest))"
        }
    }

    /// Some words beside a title; `nil` when there are none.
    func fact(_ title: String, _ parts: [String]) -> String? {
        parts.isEmpty ? nil : "  \(Wording.padded(title, to: Self.titleWidth))\(parts.joined(separator: " · "))"
    }

    /// A bar in eighths of a column; whatever is there at all can be seen.
    private static func bar(_ part: Int, of whole: Int) -> String {
        let eighths = max(1, whole > 0 ? part * barWidth * 8 / whole : 0)
        let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
        return String(repeating: "█", count: eighths / 8) + rest
    }
}

extension LibrarySummary {
    fileprivate var unfinished: String {
        let waiting = states[.queued, default: 0] + states[.analysing, default: 0]
        let failed = states[.failed, default: 0]
        return (waiting > 0 ? ", \(Wording.number(waiting)) still to be looked at" : "")
            + (failed > 0 ? ", \(Wording.number(failed)) could not be looked at" : "")
    }
}

extension LibrarySummary.Faces {
    fileprivate var facts: [String] {
        guard faces > 0 else { return [] }
        let groups = [("one", one), ("two to four", few), ("five or more", many)].filter { $0.1 > 0 }
        return ["\(Wording.number(faces)) in \(Wording.count(photos, "photo"))"]
            + groups.map { "\($0.0) in \(Wording.number($0.1))" }
    }
}

extension LibrarySummary.Places {
    fileprivate var named: [NamedCount] {
        areas.map { NamedCount(name: "about \($0.position)", photos: $0.photos) }
    }
}

extension LibrarySummary.Area {
    /// `52° N 5° E`.
    fileprivate var position: String {
        "\(abs(latitude))° \(latitude < 0 ? "S" : "N") \(abs(longitude))° \(longitude < 0 ? "W" : "E")"
    }
}

extension LibrarySummary.Duplicates {
    fileprivate var facts: [String] {
        groups > 0
            ? ["\(Wording.count(groups, "picture is", "pictures are")) there more than once: \(photos) photos"] : []
    }
}

extension String {
    /// As one word of a shell's line.
    fileprivate var shellQuoted: String {
        let isPlain = !isEmpty && allSatisfy { $0.isLetter || $0.isNumber || ":-_.,/ ".contains($0) }
        return isPlain ? self : "'\(replacing("'", with: "'\\''"))'"
    }
}
