import Foundation

/// Runs tasks on one thread of its own, so that work that blocks (a database, a model) holds up nobody else.
///
/// Use it as the executor of an actor, or as the preference of a task: `Task(executorPreference: thread) { … }`.
/// The thread ends when the executor goes.
public final class ThreadExecutor: SerialExecutor, TaskExecutor {
    private let inbox = ThreadInbox()

    /// Starts the thread. A `niceness` of 1…19 lowers its priority among all threads of the machine.
    public init(name: String, niceness: Int32 = 0) {
        let thread = Thread { [inbox] in
            if niceness > 0 {
                // On Linux, process 0 with PRIO_PROCESS means the calling thread alone.
                _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness)
            }
            while let work = inbox.next() { work() }
        }
        thread.name = name
        thread.start()
    }

    deinit {
        inbox.close()
    }

    /// Queues a job; called by the runtime.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        inbox.add { [self] in
            job.runSynchronously(
                isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor()
            )
        }
    }
}
