import Foundation
import Testing
import Threading

@Suite struct ThreadExecutorTests {
    private actor Counter {
        private let thread = ThreadExecutor(name: "counter")
        private var threads: Set<pthread_t> = []
        private var count = 0
        nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

        func step() {
            count += 1
            threads.insert(pthread_self())
        }

        func result() -> (count: Int, threads: Int) { (count, threads.count) }
    }

    @Test func anActorRunsOnOneThread() async {
        let counter = Counter()
        await withTaskGroup { group in
            for _ in 0..<1000 { group.addTask { await counter.step() } }
        }
        let result = await counter.result()
        #expect(result.count == 1000)
        #expect(result.threads == 1)
    }

    @Test func aTaskThatPrefersAThreadStaysOnItAndYieldsPriority() async {
        let thread = ThreadExecutor(name: "nice", niceness: 5)
        let (before, after, niceness) = await Task(executorPreference: thread) {
            let before = pthread_self()
            await Task.yield()
            return (before, pthread_self(), getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0))
        }.value
        #expect(before == after)
        #expect(before != pthread_self())
        #expect(niceness == 5 + getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0))
    }

    @Test func theThreadEndsWithItsExecutor() async throws {
        func threads() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count }
        for _ in 0..<50 {
            let thread = ThreadExecutor(name: "brief")
            await Task(executorPreference: thread) {}.value
        }
        var left = Int.max
        for _ in 0..<500 where left > 40 {
            left = try threads()
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(left <= 40, "\(left) threads are left of 50")
    }
}
