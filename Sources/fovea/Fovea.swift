import ArgumentParsing
import Dispatch
import Foundation

/// The program: picks the subcommand, reads its arguments, runs it, and says how it went.
@main
struct Fovea {
    static let version = "0.1.0"
    /// What Fovea calls itself to other servers.
    static let agent = "Fovea/\(version)"

    private static let commands: [any Command.Type] = [
        Serve.self, Analyze.self,
        ImportPhotos.self, Watch.self,
        SearchPhotos.self, Labels.self, Export.self, Stats.self,
        Buckets.self, Alerts.self, Deliveries.self, Notify.self, Webhooks.self,
        Jobs.self, Reanalyse.self, Models.self, Doctor.self,
    ]

    private static let about = """
        Fovea looks at your pictures: put them in, and find them again by what is in them.
        """

    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        // Before anything asynchronous: the threads of its event loop would be confined too, and spin on what they are
        // refused.
        if arguments.first == DecodeConfined.name { DecodeConfined.run() }
        // A reader that goes away is an error of one write, never the end of the program.
        signal(SIGPIPE, SIG_IGN)
        Task.detached { exit(await run(arguments).rawValue) }
        dispatchMain()
    }

    private static func run(_ arguments: [String]) async -> ExitStatus {
        guard let name = arguments.first else {
            Terminal.print(overview, to: STDERR_FILENO)
            return .usage
        }
        switch name {
        case "--version", "version":
            Terminal.print("fovea \(version)\n")
            return .success
        case "--help", "-h", "help":
            guard let topic = arguments.dropFirst().first else {
                Terminal.print(overview)
                return .success
            }
            return await run([topic, "--help"])
        default:
            guard let command = commands.first(where: { $0.syntax.name == name }) else {
                return misused("there is no command “\(name)”", try: "fovea --help")
            }
            return await run(command, Array(arguments.dropFirst()))
        }
    }

    private static func run(_ command: any Command.Type, _ arguments: [String]) async -> ExitStatus {
        let hint = "fovea \(command.syntax.name) --help"
        do {
            let arguments = try Arguments(arguments, syntax: command.syntax)
            if arguments.wantsHelp {
                Terminal.print(command.syntax.help(program: "fovea"))
                return .success
            }
            return try await command.run(arguments)
        } catch let error as UsageError {
            return misused(error.description, try: hint)
        } catch {
            Terminal.print("fovea: \(error)\n", to: STDERR_FILENO)
            return .failure
        }
    }

    private static func misused(_ reason: String, try hint: String) -> ExitStatus {
        Terminal.print("fovea: \(reason)\nTry: \(hint)\n", to: STDERR_FILENO)
        return .usage
    }

    private static var overview: String {
        CommandSyntax.overview(program: "fovea", about: about, commands: commands.map { $0.syntax })
    }
}

/// One subcommand: what it understands and what it does.
protocol Command: Sendable {
    static var syntax: CommandSyntax { get }
    static func run(_ arguments: Arguments) async throws -> ExitStatus
}

/// What the program tells the shell.
enum ExitStatus: Int32 {
    case success = 0
    case failure = 1
    case usage = 2
}
