import ArgumentParsing
import Testing

@Suite struct ArgumentsTests {
    private let syntax = CommandSyntax(
        "analyze", summary: "Looks at files.",
        operands: .init("PATH…", help: "files and folders"),
        options: [
            OptionSyntax("--json", help: "one JSON object a line"),
            OptionSyntax("--max-labels", "N", help: "at most N labels"),
        ])

    @Test func optionsOperandsAndSwitches() throws {
        let arguments = try Arguments(["a", "--json", "--max-labels", "3", "b"], syntax: syntax)
        #expect(arguments.operands == ["a", "b"])
        #expect(arguments.has("--json"))
        #expect(try arguments.integer("--max-labels", in: 0...10) == 3)
        #expect(try Arguments(["--max-labels=4", "a"], syntax: syntax).integer("--max-labels", in: 0...10) == 4)
    }

    @Test func anOptionGivenAgainAddsAValue() throws {
        let arguments = try Arguments(["a", "--max-labels", "3", "--max-labels=4"], syntax: syntax)
        #expect(arguments.texts("--max-labels") == ["3", "4"])
        #expect(arguments.text("--max-labels") == "4")
        #expect(arguments.texts("--json") == [])
    }

    @Test func afterTwoDashesEverythingIsAnOperand() throws {
        #expect(try Arguments(["--", "--json", "-x"], syntax: syntax).operands == ["--json", "-x"])
        #expect(try Arguments(["-"], syntax: syntax).operands == ["-"])
    }

    @Test(arguments: [
        (["--jsn", "a"], "“analyze” has no option --jsn"),
        (["a", "--max-labels"], "--max-labels needs a value: --max-labels N"),
        (["--json=yes", "a"], "--json takes no value"),
        ([], "“analyze” needs PATH…"),
    ])
    func mistakesAreNamed(_ arguments: [String], _ message: String) {
        #expect(throws: UsageError(message)) { try Arguments(arguments, syntax: syntax) }
    }

    @Test func numbersOutOfRangeAreNamed() throws {
        let arguments = try Arguments(["--max-labels", "many", "a"], syntax: syntax)
        #expect(throws: UsageError("--max-labels takes a whole number from 0 to 10, not “many”")) {
            try arguments.integer("--max-labels", in: 0...10)
        }
    }

    @Test func helpNeedsNoOperands() throws {
        #expect(try Arguments(["--help"], syntax: syntax).wantsHelp)
        #expect(
            syntax.help(program: "fovea") == """
                Looks at files.

                Usage: fovea analyze [options] PATH…

                  PATH…  files and folders

                Options:
                  --json          one JSON object a line
                  --max-labels N  at most N labels
                  --help          print this help

                """)
    }
}
