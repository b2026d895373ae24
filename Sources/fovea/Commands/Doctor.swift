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
        notes: """
            Exit status: 0 when every analysis works, pictures can be decoded, no setting is wrong, and nothing is left of
            what a bucket says is erased, else 1.
            """)

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
        isWell = await check(folder: arguments.dataFolder) && isWell
        return isWell ? .success : .failure
    }

    private static func check(folder path: String) async -> Bool {
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
            return await checkErasures(path)
        }
        return true
    }

    /// Asks the server for files of photos that are recorded as erased.
    private static func checkErasures(_ path: String) async -> Bool {
        do {
            let owner = try FolderOwner.of(path)
            var leftovers = 0
            for document in try await owner.get("/api/v1/buckets", as: BucketListDocument.self).buckets {
                let target = "/api/v1/buckets/\(document.bucket.name)/retention"
                leftovers += try await owner.get(target, as: RetentionDocument.self).leftovers.count
            }
            guard leftovers > 0 else { return true }
            let files = leftovers == 1 ? "1 file is" : "\(leftovers) files are"
            say(
                false, "erased photos",
                "\(files) left of photos that are recorded as erased; restart the server, which sweeps them")
            return false
        } catch {
            say(false, path, "\(error)")
            return false
        }
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
