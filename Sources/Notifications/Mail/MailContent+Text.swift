extension MailContent {
    /// The mail for programs that show only text.
    var text: String {
        let title = [headline, name].compactMap { $0?.harmless }.joined(separator: "\n")
        let parts = [title] + sections.map(\.text) + [link.map { "See it: \($0)" }].compactMap { $0 }
        return parts.joined(separator: "\n\n") + "\n\n-- \n\(reason.harmless)\n"
    }
}

extension MailContent.Section {
    fileprivate var text: String {
        let named = rows.filter { !$0.value.isEmpty }
        let width = min(24, named.map { $0.name.harmless.count }.max() ?? 0)
        let lines = rows.map { row in
            let name = row.name.harmless
            let gap = String(repeating: " ", count: max(0, width - name.count) + 2)
            return row.value.isEmpty ? "  \(name)" : "  \(name)\(gap)\(row.value.harmless)"
        }
        return ([title.uppercased()] + lines).joined(separator: "\n")
    }
}
