import ArgumentParsing
import Foundation

extension OptionSyntax {
    /// The option of every subcommand.
    static let data = OptionSyntax(
        "--data", "DIR", help: "where everything is kept (default: $FOVEA_DATA, else ~/.local/share/fovea)")
}

extension Arguments {
    /// The data folder's path.
    var dataFolder: String {
        let environment = ProcessInfo.processInfo.environment
        if let given = [text("--data"), environment["FOVEA_DATA"]].compactMap({ $0 }).first(where: { !$0.isEmpty }) {
            return given
        }
        return (environment["HOME"] ?? NSHomeDirectory()) + "/.local/share/fovea"
    }
}
