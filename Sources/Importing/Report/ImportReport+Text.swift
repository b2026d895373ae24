extension ImportReport {
    /// The report for people: what became of the files, by outcome, with the first few names of what did not make it.
    public func text(took seconds: Double) -> String {
        var lines = ["\(Wording.count(files, "file")) in \(Wording.time(seconds))", ""]
        let stored = [("new", new), ("there already", present), ("replaced", replaced), ("still waiting", waiting)]
        for (name, count) in stored where count > 0 || name == "new" { lines.append(Self.row(name, count)) }
        lines += Self.section("left out", leftOut, names: 2)
        lines += Self.section("refused", refused, names: 3)
        lines += Self.section("failed", failed, names: 3)
        if (leftOut + refused + failed).contains(where: { $0.files.count > 2 }) {
            lines += ["", "  --json names every file."]
        }
        if let stopped { lines += ["", stopped] }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func row(_ name: String, _ count: Int, _ detail: String = "") -> String {
        let figure = Wording.number(count)
        let space = String(repeating: " ", count: max(0, 9 - figure.count))
        return "  \(Wording.padded(name, to: 14))\(space)\(figure)" + (detail.isEmpty ? "" : "   \(detail)")
    }

    private static func section(_ name: String, _ reasons: [Reason], names: Int) -> [String] {
        byCode(reasons).enumerated().flatMap { place, reason in
            let files = reason.files.prefix(names).map { "      \(Wording.visible($0))" }
            let more = reason.count - files.count
            return [row(place == 0 ? name : "", reason.count, Wording.visible(reason.message))] + files
                + (more > 0 ? ["      … and \(Wording.number(more)) more"] : [])
        }
    }

    /// One reason a code, most files first: a hundred damaged pictures are damaged in fifty ways, which are for --json.
    private static func byCode(_ reasons: [Reason]) -> [Reason] {
        Dictionary(grouping: reasons, by: \.code).map { code, group in
            let words = code.replacing("_", with: " ")
            var merged = Reason(code: code, message: group.count == 1 ? group[0].message : words)
            merged.count = group.map(\.count).reduce(0, +)
            merged.files = group.flatMap(\.files)
            return merged
        }.sorted { ($1.count, $0.code) < ($0.count, $1.code) }
    }
}
