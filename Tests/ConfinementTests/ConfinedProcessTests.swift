import Confinement
import Foundation
import Testing

@Suite(.timeLimit(.minutes(2)))
struct ConfinedProcessTests {
    @Test func `turns a file into output`() async throws {
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
        let file = try FileHandle.temporary(holding: bytes)
        let reply = try await ConfinedProcess.probe().run(
            Array("copy".utf8), file: file.fileDescriptor, output: bytes.count)
        #expect(reply.message == Array("100000".utf8))
        #expect(reply.output.bytes(0..<bytes.count) == bytes)
        #expect(reply.output.bytes(10..<20) == Array(bytes[10..<20]))
        #expect(reply.output.bytes(1..<bytes.count + 1) == nil)
        #expect(reply.output.bytes(-1..<1) == nil)
    }

    @Test func `one process serves many requests`() async throws {
        let process = ConfinedProcess.probe()
        try await process.start()
        let first = process.processIdentifier
        for _ in 0..<50 { _ = try await process.ask("descriptors") }
        #expect(process.processIdentifier == first)
    }

    @Test func `no descriptors leak`() throws {
        // In a process of its own, because this one's descriptors are opened by other tests too.
        let parent = try ProbeParent("count")
        #expect(parent.line() == "0 in the parent, 0 in the worker")
    }

    @Test func `requests from many tasks are answered one at a time`() async throws {
        let process = ConfinedProcess.probe()
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<20 { group.addTask { try await process.ask("threads") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers == Array(repeating: "8", count: 20))
    }

    @Test func `a process is replaced after its number of requests`() async throws {
        let process = ConfinedProcess.probe(ceilings: Ceilings(requests: 2))
        try await process.start()
        let first = try #require(process.processIdentifier)
        _ = try await process.ask("descriptors")
        #expect(process.processIdentifier == first)
        _ = try await process.ask("descriptors")
        #expect(process.processIdentifier == nil)
        #expect(!exists(first))
        _ = try await process.ask("descriptors")
        #expect(process.processIdentifier != first)
    }

    @Test func `a process killed while idle is replaced without anybody noticing`() async throws {
        let process = ConfinedProcess.probe()
        try await process.start()
        let first = try #require(process.processIdentifier)
        kill(first, SIGKILL)
        // Its end of the socket closes when it is dead, and not before.
        var status = siginfo_t()
        waitid(P_PID, id_t(first), &status, WEXITED | WNOWAIT)
        #expect(try await process.ask("threads") == "8")
        #expect(!exists(first))
    }

    @Test func `the process goes with its owner`() async throws {
        var process: ConfinedProcess? = .probe()
        try await process?.start()
        let identifier = try #require(process?.processIdentifier)
        #expect(exists(identifier))
        process = nil
        while exists(identifier) { try await Task.sleep(for: .milliseconds(5)) }
    }

    @Test func `what cannot be asked is refused and costs no process`() async throws {
        let process = ConfinedProcess.probe()
        try await process.start()
        let first = process.processIdentifier
        await #expect(throws: ConfinementError.refused("the input is not an open descriptor")) {
            try await process.run([1], file: -1, output: 1)
        }
        await #expect(throws: ConfinementError.refused("a request of 70000 bytes is longer than 64 KiB")) {
            try await process.run([UInt8](repeating: 0, count: 70_000), file: 0, output: 1)
        }
        #expect(process.processIdentifier == first)
    }

    @Test func `a process that cannot start says why`() async throws {
        await #expect(throws: ConfinementError.cannotStart("the probe was told to fail")) {
            try await ConfinedProcess.probe("unable").start()
        }
        await #expect(throws: ConfinementError.cannotStart("posix_spawn /nowhere: No such file or directory")) {
            try await ConfinedProcess(executable: "/nowhere", arguments: []).start()
        }
        await #expect(
            throws: ConfinementError.cannotStart("the confined process exited with status 1 while working")
        ) {
            try await ConfinedProcess(executable: "/bin/false", arguments: []).start()
        }
    }
}
