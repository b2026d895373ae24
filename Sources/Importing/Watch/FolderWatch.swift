public import Domain
import FolderEvents
import Foundation
import Threading

/// Brings pictures that come into a folder, or any folder below it, into a bucket: each once, when it has stopped
/// growing.
///
/// The kernel tells what changes, where it can; and the whole folder is looked through now and then, so that nothing is
/// missed where it cannot: on shares that other machines write to, or in more folders than it listens to.
public struct FolderWatch: Sendable {
    /// The folder, resolved.
    let root: [UInt8]
    /// Where its pictures go.
    public let bucket: BucketName
    /// What stands for the path of the folder in the keys; `nil` for the path itself.
    public let prefix: String?
    /// How long a file must stay the same.
    public var settleTime = Duration.seconds(2)
    /// How often all is looked through; `nil` for what suits the folder.
    public var rescanTime: Duration?
    /// Whether the kernel is asked to tell of changes.
    public var hearsChanges = true
    /// How many files may wait to settle before the look through the folder goes on later.
    var mostWaiting = 10_000

    /// Describes a watch. Throws `Failure` where there is no folder at the path, or one of Fovea’s own.
    public init(_ path: String, into bucket: BucketName, below prefix: String? = nil) throws(Failure) {
        let walk = try FolderWalk([path])
        guard let root = walk.roots.first, root.isFolder else {
            throw Failure(.unreadable, "\(path) is no folder")
        }
        guard !DataFolderMark.isAbove(root.path + [slash], from: root.path.count + 1) else {
            throw Failure(.unreadable, "\(path) is a data folder of Fovea; its photos are in already")
        }
        self.root = root.path
        self.bucket = bucket
        self.prefix = prefix
    }

    /// Watches until the task is cancelled, then returns. What was brought in is noted in a journal in the folder
    /// `journals`, so that the next watch knows it.
    ///
    /// Throws `Failure` when it cannot begin: the journal cannot be used, the bucket is not there.
    public func run(
        through door: any PhotoDoor, journals: String, telling tell: @escaping @Sendable (WatchNews) -> Void
    ) async throws(Failure) {
        let events = FolderEvents(isDeaf: !hearsChanges)
        let notices = WatchNotices(tell: tell)
        let patient = PatientDoor(door: door, patience: nil) { notices.note($0, by: $1) }
        do {
            try await withTaskCancellationHandler {
                // Waiting, reading and asking block, so it has a thread of its own.
                try await withTaskExecutorPreference(ThreadExecutor(name: "watch")) {
                    let journal = try FileJournal(in: journals, of: root, into: bucket)
                    try await check(patient)
                    var loop = WatchLoop(self, events: events, door: patient, journal: journal, tell: tell)
                    try await loop.run()
                }
            } onCancel: {
                events.wake()
            }
        } catch is CancellationError {
            return
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(.init(rawValue: "watch"), "\(error)")
        }
    }

    /// Whether the bucket is there, before the first picture comes.
    private func check(_ door: PatientDoor) async throws {
        let (answer, _) = try await door.ask("/api/v1/summary?bucket=\(bucket)")
        guard answer.status == 200 else { throw answer.problem }
    }
}
