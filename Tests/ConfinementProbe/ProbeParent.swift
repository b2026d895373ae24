import Confinement
import Foundation

/// A parent in a process of its own, which can be killed and whose descriptors nobody else opens.
enum ProbeParent {
    /// Says its worker's number, keeps the worker busy, and waits to be killed.
    static func keepBusy() async {
        let process = ConfinedProcess(arguments: [], ceilings: Ceilings(seconds: 60))
        guard (try? await process.start()) != nil, let worker = process.processIdentifier else { return }
        async let answer = process.run(Array("loop".utf8), file: 0, output: 1)
        say("\(worker)")
        _ = try? await answer
    }

    /// Makes 200 requests, a crash and two fresh workers among them, and says how many descriptors that left open.
    static func countDescriptors() async throws {
        let process = ConfinedProcess(arguments: [], ceilings: Ceilings(requests: 100))
        func ask(_ request: String) async throws -> Int {
            let reply = try await process.run(Array(request.utf8), file: 0, output: 1)
            return Int(String(decoding: reply.message, as: UTF8.self)) ?? -1
        }
        let inside = try await ask("descriptors")
        let before = open()
        var most = inside
        for _ in 0..<150 { most = try await max(most, ask("descriptors")) }
        _ = try? await ask("abort")
        for _ in 0..<49 { most = try await max(most, ask("descriptors")) }
        say("\(open() - before) in the parent, \(most - inside) in the worker")
    }

    private static func open() -> Int {
        (0..<1024).count { fcntl($0, F_GETFD) >= 0 }
    }

    private static func say(_ line: String) {
        FileHandle.standardOutput.write(Data("\(line)\n".utf8))
    }
}
