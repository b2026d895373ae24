/// The arguments of a subcommand, read by its syntax.
public struct Arguments: Sendable {
    /// What came besides options, in order.
    public let operands: [String]
    /// Whether help was asked for.
    public let wantsHelp: Bool
    private let values: [String: [String]]
    private let switches: Set<String>

    /// Reads arguments: `--name value`, `--name=value`, switches, operands; everything after `--` is an operand.
    public init(_ arguments: [String], syntax: CommandSyntax) throws(UsageError) {
        var operands: [String] = []
        var values: [String: [String]] = [:]
        var switches: Set<String> = []
        var rest = arguments[...]
        var wantsHelp = false
        while let argument = rest.popFirst() {
            if argument == "--" {
                operands += rest
                break
            }
            if argument == "--help" || argument == "-h" {
                wantsHelp = true
                continue
            }
            guard argument.hasPrefix("-"), argument != "-" else {
                operands.append(argument)
                continue
            }
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let option = syntax.options.first(where: { $0.name == parts[0] }) else {
                throw UsageError("“\(syntax.name)” has no option \(parts[0])")
            }
            guard let value = option.value else {
                guard parts.count == 1 else { throw UsageError("\(option.name) takes no value") }
                switches.insert(option.name)
                continue
            }
            guard let given = parts.count == 2 ? parts[1] : rest.popFirst() else {
                throw UsageError("\(option.name) needs a value: \(option.name) \(value)")
            }
            values[option.name, default: []].append(given)
        }
        if !wantsHelp { try Self.check(operands, syntax) }
        self.operands = operands
        self.values = values
        self.switches = switches
        self.wantsHelp = wantsHelp
    }

    /// Whether a switch was given.
    public func has(_ name: String) -> Bool {
        switches.contains(name)
    }

    /// The value of an option; the last where it was given several times.
    public func text(_ name: String) -> String? {
        values[name]?.last
    }

    /// All values of an option, in their order.
    public func texts(_ name: String) -> [String] {
        values[name] ?? []
    }

    /// The value of an option as a whole number within `range`.
    public func integer(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
        guard let text = text(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw UsageError(
                "\(name) takes a whole number from \(range.lowerBound) to \(range.upperBound), not “\(text)”")
        }
        return number
    }

    /// The value of an option as a number within `range`.
    public func number(_ name: String, in range: ClosedRange<Double>) throws(UsageError) -> Double? {
        guard let text = text(name) else { return nil }
        guard let number = Double(text), range.contains(number) else {
            throw UsageError("\(name) takes a number from \(range.lowerBound) to \(range.upperBound), not “\(text)”")
        }
        return number
    }

    private static func check(_ operands: [String], _ syntax: CommandSyntax) throws(UsageError) {
        guard let expected = syntax.operands else {
            guard operands.isEmpty else { throw UsageError("“\(syntax.name)” takes no “\(operands[0])”") }
            return
        }
        guard operands.count >= expected.least else { throw UsageError("“\(syntax.name)” needs \(expected.name)") }
        guard operands.count <= expected.most else {
            throw UsageError(
                "“\(syntax.name)” takes only \(expected.most) \(expected.name), not also “\(operands[expected.most])”")
        }
    }
}

/// A command line that makes no sense, and why.
public struct UsageError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong with it.
    public let description: String

    /// Describes the error.
    public init(_ description: String) {
        self.description = description
    }
}
