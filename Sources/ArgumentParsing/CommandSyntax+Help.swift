extension CommandSyntax {
    /// The help of one subcommand, as `fovea NAME --help` prints it.
    public func help(program: String) -> String {
        let line = [program, name, options.isEmpty ? nil : "[options]", operands?.usage].compactMap { $0 }
        var sections = [summary, "Usage: " + line.joined(separator: " ")]
        var rows = options.map { ([$0.name, $0.value].compactMap { $0 }.joined(separator: " "), $0.help) }
        rows.append(("--help", "print this help"))
        if let operands { sections.append(Self.table([(operands.name, operands.help)])) }
        sections.append("Options:\n" + Self.table(rows))
        if !notes.isEmpty { sections.append(notes) }
        return sections.joined(separator: "\n\n") + "\n"
    }

    /// The help of a whole program: its subcommands with their summaries.
    public static func overview(program: String, about: String, commands: [CommandSyntax]) -> String {
        """
        \(about)

        Usage: \(program) COMMAND [options]

        Commands:
        \(table(commands.map { ($0.name, $0.summary) }))

        `\(program) COMMAND --help` tells more of each.

        """
    }

    private static func table(_ rows: [(String, String)]) -> String {
        let width = rows.map(\.0.count).max() ?? 0
        let indent = "\n" + String(repeating: " ", count: width + 4)
        return rows.map { name, help in
            "  \(name)\(String(repeating: " ", count: width - name.count))  \(help.replacing("\n", with: indent))"
        }.joined(separator: "\n")
    }
}

extension CommandSyntax.Operands {
    fileprivate var usage: String { least == 0 ? "[\(name)]" : name }
}
