import ArgumentParsing
import Confinement
import Domain
import Foundation
import LocalStore
import Perception

/// `fovea doctor`: what works here, what does not, and what to do about it.
struct Doctor: Command {
    static let syntax = CommandSyntax(
        "doctor", summary: "Say what works here, and what to do about the rest.",
        options: [.data],
        notes: "Exit status: 0 when every analysis works, pictures can be decoded and no setting is wrong, else 1.")

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let perception = InstalledPerception.load()
        var isWell = true
        Terminal.print("Analyses, with the models in \(ModelFolder.installed.url.path)\n")
        for kind in AnalysisKind.allCases where kind != .people {
            let steps = perception.plan.filter { $0.kind == kind }
            if steps.isEmpty { isWell = false }
            say(!steps.isEmpty, kind.rawValue, steps.map { "\($0.name): \($0.model)" }.joined(separator: "; "))
        }
        for remedy in perception.remedies { Terminal.print("    \(remedy)\n") }

        Terminal.print("\nDecoding\n")
        do {
            try await DecodeConfined.process().start()
            say(
                true, "confined",
                "JPEG, PNG, WebP, HEIC, AVIF, TIFF, GIF; no network, no files, time and memory limited")
        } catch {
            isWell = false
            say(false, "confined", "\(error)")
        }

        Terminal.print("\nTelling\n")
        isWell = checkChannels() && isWell

        Terminal.print("\nData folder\n")
        isWell = check(folder: arguments.dataFolder) && isWell
        await hint(folder: arguments.dataFolder, perception)
        return isWell ? .success : .failure
    }

    /// What was looked at by other models, where nobody else has the folder.
    private static func hint(folder path: String, _ perception: InstalledPerception) async {
        guard perception.isWhole, FileManager.default.fileExists(atPath: path + "/catalog.sqlite"),
            let service = try? Service(folder: path, perception: perception),
            let hint = try? await service.staleHint()
        else { return }
        Terminal.print("    \(hint)\n")
    }

    private static func check(folder path: String) -> Bool {
        guard FileManager.default.fileExists(atPath: path) else {
            say(true, path, "not there yet; `fovea serve` makes it")
            return true
        }
        do throws(StoreError) {
            _ = try DataFolder(path: path)
            say(true, path, "\(free(path)); no server runs on it")
        } catch {
            guard error.kind == .inUse else {
                say(false, path, error.description)
                return false
            }
            say(true, path, "\(free(path)); a server runs on it")
        }
        return true
    }

    private static func free(_ path: String) -> String {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: path)
        guard let bytes = attributes?[.systemFreeSize] as? Int else { return "free space unknown" }
        return "\(bytes / 1_000_000_000) GB free"
    }

    /// Says how one thing is; `nil` of what nobody asked for.
    static func say(_ works: Bool?, _ name: String, _ detail: String) {
        let remark = detail.isEmpty && works == false ? "unavailable" : detail
        let mark = works.map { $0 ? "✓" : "✗" } ?? "–"
        Terminal.print("  \(mark) \(name)  \(remark)\n")
    }
}
