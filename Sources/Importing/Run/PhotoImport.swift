public import Domain
import Synchronization
import Threading

/// Brings the pictures of some folders into a bucket, each exactly once.
///
/// It keeps no journal: what is there is asked of whoever has it, file by file, so an import may be killed at any moment
/// and begun again.
public struct PhotoImport: Sendable {
    /// Where files come from.
    public var walk: FolderWalk
    /// Where they go.
    public var bucket: BucketName
    /// What stands for the path of the folder in the keys; `nil` for the path itself.
    public var prefix: String?
    /// Whether it lasts until every photo was looked at.
    public var waits = true
    /// How long a server may be away before the import gives up.
    public var patience = Duration.seconds(600)

    /// So many files are on their way at a time: one is read while another is being made durable.
    private static let senders = 4

    /// Describes an import.
    public init(_ walk: FolderWalk, into bucket: BucketName, below prefix: String? = nil) {
        self.walk = walk
        self.bucket = bucket
        self.prefix = prefix
    }

    /// Runs it, counting in `tally`. Throws `ImportStop` when it ends early; what was counted stands.
    public func run(through door: any PhotoDoor, tally: ImportTally) async throws(ImportStop) {
        let patient = PatientDoor(door: door, patience: patience) { tally.note($0, by: $1) }
        let watch = waits ? SettlementWatch(door: patient, tally: tally) : nil
        let files = SharedWalk(walk)
        let file = FileImport(bucket: bucket, prefix: prefix, door: patient)
        let work = CountedImport(file: file, tally: tally, watch: watch)
        do {
            try await withThrowingTaskGroup { group in
                group.addTask(executorPreference: ThreadExecutor(name: "import-count")) { count(into: tally) }
                if let watch {
                    group.addTask(executorPreference: ThreadExecutor(name: "import-watch")) { try await watch.run() }
                }
                group.addTask {
                    try await send(files, with: work, tally: tally)
                    watch?.close()
                }
                // Unlike `waitForAll`, this ends at the first error, and the group cancels the others.
                for try await _ in group {}
            }
        } catch let stop as ImportStop {
            throw stop
        } catch is CancellationError {
            throw .cancelled
        } catch {
            throw .server("\(error)")
        }
        if Task.isCancelled { throw .cancelled }
    }

    private func send(_ files: SharedWalk, with work: CountedImport, tally: ImportTally) async throws {
        try await withThrowingTaskGroup { group in
            for number in 0..<Self.senders {
                // Reading, hashing and asking block, so each sender has a thread of its own.
                group.addTask(executorPreference: ThreadExecutor(name: "import-\(number)")) {
                    while let step = files.next() {
                        try Task.checkCancellation()
                        switch step {
                        case .file(let file): try await work.bring(file)
                        case .leftOut(let path, let reason): tally.record(.leftOut, path, reason, isFile: false)
                        case .unreadable(let path, let reason): tally.record(.failed, path, reason, isFile: false)
                        }
                    }
                }
            }
            for try await _ in group {}
        }
    }

    /// Walks ahead of the senders, so that the time left is known early.
    private func count(into tally: ImportTally) {
        var files = 0
        for case .file in walk {
            if Task.isCancelled { return }
            files += 1
        }
        tally.count(total: files)
    }
}

/// A walk whose files are handed out once each, to whoever asks next.
private final class SharedWalk: Sendable {
    private let walk: Mutex<FolderWalk.Iterator>

    init(_ walk: FolderWalk) {
        self.walk = Mutex(walk.makeIterator())
    }

    func next() -> FolderWalk.Step? {
        walk.withLock { $0.next() }
    }
}
