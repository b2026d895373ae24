import Confinement
import Foundation
import Testing

/// What hostile code inside the process cannot do.
@Suite(.timeLimit(.minutes(2)))
struct ConfinementTests {
    @Test(arguments: [
        "open", "create", "stat", "socket", "spawn", "execute", "kill", "ceiling", "program",
    ])
    func `is refused`(call: String) async throws {
        #expect(try await ConfinedProcess.probe().ask("try \(call)") == "\(EPERM)")
    }

    @Test func `threads work`() async throws {
        #expect(try await ConfinedProcess.probe().ask("threads") == "8")
    }

    @Test func `memory has a ceiling`() async throws {
        let process = ConfinedProcess.probe(ceilings: Ceilings(addressSpace: 512 << 20))
        #expect(try await process.ask("allocate 100") == "allocated")
        #expect(try await process.ask("allocate 600") == "refused")
        #expect(try await process.ask("allocate 100") == "allocated")
    }

    @Test func `time has a ceiling and the next request works`() async throws {
        let process = ConfinedProcess.probe(ceilings: Ceilings(seconds: 1))
        try await process.start()
        let first = try #require(process.processIdentifier)
        await #expect(throws: ConfinementError.timedOut(seconds: 1)) { try await process.ask("loop") }
        #expect(!exists(first))
        #expect(try await process.ask("threads") == "8")
    }

    @Test(arguments: [
        ("abort", ConfinementError.Ending.signal(SIGABRT)), ("fault", .signal(SIGSEGV)), ("exit", .exit(7)),
    ])
    func `a crash is told and the next request works`(
        request: String, ending: ConfinementError.Ending
    ) async throws {
        let process = ConfinedProcess.probe()
        await #expect(throws: ConfinementError.crashed(ending)) { try await process.ask(request) }
        #expect(process.processIdentifier == nil)
        #expect(try await process.ask("threads") == "8")
    }

    @Test(arguments: [70_000, 1_000_000])
    func `an answer longer than a message is the request's fault`(length: Int) async throws {
        let process = ConfinedProcess.probe()
        let error = await #expect(throws: ConfinementError.self) { try await process.ask("babble \(length)") }
        // Anything else would be tried again for ever.
        guard case .misbehaved = error else {
            Issue.record("\(error as Any)")
            return
        }
        #expect(process.processIdentifier == nil)
        #expect(try await process.ask("babble 60000").count == 60_000)
    }

    @Test func `a process killed in the middle is a crash`() async throws {
        let process = ConfinedProcess.probe()
        try await process.start()
        let identifier = try #require(process.processIdentifier)
        let answer = Task { try await process.ask("loop") }
        // Its processor time grows only while it works on the request.
        let busy = processorTime(identifier)
        while processorTime(identifier) < busy + 10 { try await Task.sleep(for: .milliseconds(5)) }
        kill(identifier, SIGKILL)
        await #expect(throws: ConfinementError.crashed(.signal(SIGKILL))) { try await answer.value }
        #expect(!exists(identifier))
    }

    @Test func `a busy process goes when its parent is killed`() async throws {
        let parent = try ProbeParent("parent")
        let worker = try #require(Int32(parent.line()))
        #expect(exists(worker))
        parent.kill()
        // Nobody here can reap it, so a zombie of another's is gone enough.
        while exists(worker), state(worker) != "Z" { try await Task.sleep(for: .milliseconds(5)) }
    }

    /// In ticks of the kernel's clock: the 14th field of `/proc/PID/stat`, see proc(5).
    private func processorTime(_ process: Int32) -> Int {
        fields(process).dropFirst(11).first.flatMap { Int($0) } ?? 0
    }

    private func state(_ process: Int32) -> Substring {
        fields(process).first ?? "Z"
    }

    /// The fields after the program's name, which is in brackets.
    private func fields(_ process: Int32) -> [Substring] {
        let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        return text.split(separator: ")").last?.split(separator: " ") ?? []
    }
}
