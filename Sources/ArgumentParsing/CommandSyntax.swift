/// What a subcommand understands: from this its arguments are read and its help is written.
public struct CommandSyntax: Sendable {
    /// The subcommand, `analyze`.
    public let name: String
    /// What it does, in a line.
    public let summary: String
    /// What its operands are called in the help, `PATH…`; `nil` when it takes none.
    public let operands: Operands?
    /// Its options.
    public let options: [OptionSyntax]
    /// What else a person should know, below the options.
    public let notes: String

    /// Describes a subcommand.
    public init(
        _ name: String, summary: String, operands: Operands? = nil, options: [OptionSyntax] = [], notes: String = ""
    ) {
        self.name = name
        self.summary = summary
        self.operands = operands
        self.options = options
        self.notes = notes
    }

    /// What comes besides options.
    public struct Operands: Sendable {
        /// What they are called, `PATH…`.
        public let name: String
        /// What they mean.
        public let help: String
        /// How many there must be at least.
        public let least: Int
        /// How many there may be at most.
        public let most: Int

        /// Describes operands.
        public init(_ name: String, help: String, least: Int = 1, most: Int = .max) {
            self.name = name
            self.help = help
            self.least = least
            self.most = most
        }
    }
}

/// One option of a subcommand.
public struct OptionSyntax: Sendable {
    /// The option with its dashes, `--port`.
    public let name: String
    /// What its value is called in the help, `PORT`; `nil` for a switch.
    public let value: String?
    /// What it does, with its default.
    public let help: String

    /// Describes an option.
    public init(_ name: String, _ value: String? = nil, help: String) {
        self.name = name
        self.value = value
        self.help = help
    }
}
