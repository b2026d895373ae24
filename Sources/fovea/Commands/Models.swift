import ArgumentParsing
import Cryptography
import Domain
import Foundation
import Perception

/// `fovea models`: which models there are, whether they are right, and how to get the others.
struct Models: Command {
    static let syntax = CommandSyntax(
        "models", summary: "List, verify or get the models.",
        operands: .init("list|verify|pull", help: "what to do", least: 1, most: 1),
        options: [
            OptionSyntax("--licences", "permissive|any", help: "which models to get (pull only; default any)")
        ],
        notes: """
            list    each model with its licence, what it is for, and what is lost without it
            verify  reads every file and compares it with what is known to be right
            pull    gets what is missing: from $FOVEA_MODEL_MIRROR or a folder beside the checkout, else from PyPI
            """)

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let licences = arguments.text("--licences") ?? "any"
        guard ["permissive", "any"].contains(licences) else {
            throw UsageError("--licences takes permissive or any, not “\(licences)”")
        }
        let folder = ModelFolder.installed
        switch arguments.operands[0] {
        case "list": return list(try manifest(of: folder), in: folder)
        case "verify": return verify(try manifest(of: folder), in: folder)
        case "pull": return try pull(into: folder, licences: licences)
        case let other: throw UsageError("“models” takes list, verify or pull, not “\(other)”")
        }
    }

    private static func manifest(of folder: ModelFolder) throws -> ModelManifest {
        do {
            return try ModelManifest(of: folder)
        } catch {
            throw NoManifest(folder: folder.url.path)
        }
    }

    private static func list(_ manifest: ModelManifest, in folder: ModelFolder) -> ExitStatus {
        Terminal.print("Models in \(folder.url.path)\n\n")
        for model in manifest.models {
            let there = model.files.filter { folder.holds($0) }.count
            let mark = there == model.files.count ? "✓" : there > 0 ? "½" : "✗"
            let size = Double(model.files.reduce(0) { $0 + $1.bytes }) / 1_000_000
            let licence = model.licence + (model.permissive ? "" : ", not permissive")
            Terminal.print("\(mark) \(model.name): \(model.purpose)\n")
            let loss = there == 0 ? "; without it: \(model.without)" : ""
            Terminal.print(Terminal.dim("  \(licence), \(String(format: "%.1f", size)) MB\(loss)") + "\n")
        }
        return .success
    }

    private static func verify(_ manifest: ModelManifest, in folder: ModelFolder) -> ExitStatus {
        let files = manifest.models.flatMap(\.files).filter { folder.holds($0) }
        let checked = folder.checkedByNumbers
        var progress = ProgressLine(total: files.count)
        var wrong = 0
        for file in files {
            let digest = folder.sha256(of: file)
            progress.clear()
            if let digest, file.sha256.contains(digest) {
                Terminal.print("✓ \(file.name)\n")
            } else if let digest, checked[file.name] == digest {
                Terminal.print("✓ \(file.name), built here and right by its numbers\n")
            } else {
                wrong += 1
                Terminal.print("✗ \(file.name) is not what it should be. Delete it and run `fovea models pull`.\n")
            }
            progress.advance()
        }
        progress.clear()
        if files.isEmpty { Terminal.print("There are no models in \(folder.url.path). Run `fovea models pull`.\n") }
        return wrong == 0 && !files.isEmpty ? .success : .failure
    }

    /// Models come as other formats and have to be converted, which the checkout's scripts do.
    private static func pull(into folder: ModelFolder, licences: String) throws -> ExitStatus {
        let checkout = folder.url.deletingLastPathComponent()
        let python = checkout.appending(path: ".venv/bin/python")
        let script = checkout.appending(path: "Models/pull.py")
        guard FileManager.default.isExecutableFile(atPath: python.path),
            FileManager.default.fileExists(atPath: script.path)
        else { throw NoScripts(folder: folder.url.path) }
        let process = Process()
        process.executableURL = python
        process.arguments = [script.path, "--into", folder.url.path, "--licences", licences]
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? .success : .failure
    }
}

extension ModelFolder {
    fileprivate func holds(_ file: ModelManifest.File) -> Bool {
        FileManager.default.fileExists(atPath: url.appending(path: file.name).path)
    }

    /// The SHA-256 of a file; `nil` when it cannot be read.
    fileprivate func sha256(of file: ModelManifest.File) -> String? {
        guard let handle = try? FileHandle(forReadingFrom: url.appending(path: file.name)) else { return nil }
        var hash = SHA256()
        while let chunk = try? handle.read(upToCount: 1 << 20), !chunk.isEmpty { hash.update(Array(chunk)) }
        return hash.hexadecimal()
    }
}

/// The folder does not say which models there are.
private struct NoManifest: Error, CustomStringConvertible {
    let folder: String

    var description: String { "there is no manifest.json in \(folder). Run `make models` in the checkout." }
}

/// The scripts that convert models are not beside the folder.
private struct NoScripts: Error, CustomStringConvertible {
    let folder: String

    var description: String {
        "models are made by the scripts of the checkout, and \(folder) is in none. Run `make models` there and copy its"
            + " models folder here, or name it with FOVEA_MODELS."
    }
}
