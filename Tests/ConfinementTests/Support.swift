import Confinement
import Foundation

/// The probe that is built beside these tests.
let probeExecutable: String = {
    // The test bundle's program is `<build folder>/<package>PackageTests.xctest`; some runners load it from elsewhere.
    let folders = [CommandLine.arguments.first, Bundle.main.executablePath].compactMap { $0 }
        .map { URL(filePath: $0).deletingLastPathComponent() }
    let candidates = folders.map { $0.appending(path: "confinement-probe").path }
    return candidates.first(where: FileManager.default.isExecutableFile) ?? "confinement-probe"
}()

extension ConfinedProcess {
    /// A confined probe.
    static func probe(_ arguments: String..., ceilings: Ceilings = Ceilings()) -> ConfinedProcess {
        ConfinedProcess(executable: probeExecutable, arguments: arguments, ceilings: ceilings)
    }

    /// What the probe says to a request that needs no file.
    func ask(_ request: String) throws -> String {
        let nothing = try FileHandle.temporary(holding: [])
        let reply = try run(Array(request.utf8), file: nothing.fileDescriptor, output: 1)
        return String(decoding: reply.message, as: UTF8.self)
    }
}

extension FileHandle {
    /// A file without a name, open for reading.
    static func temporary(holding bytes: [UInt8]) throws -> FileHandle {
        let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data(bytes).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        return try FileHandle(forReadingFrom: url)
    }
}

/// Whether a process exists, be it only as a zombie.
func exists(_ process: Int32) -> Bool {
    kill(process, 0) == 0
}

/// A probe that is itself the parent of a confined process.
struct ProbeParent {
    private let process = Process()
    private let pipe = Pipe()

    init(_ mode: String) throws {
        process.executableURL = URL(filePath: probeExecutable)
        process.arguments = [mode]
        process.standardOutput = pipe
        try process.run()
    }

    /// What it says next.
    func line() -> String {
        String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
            .trimmingCharacters(in: .newlines)
    }

    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
