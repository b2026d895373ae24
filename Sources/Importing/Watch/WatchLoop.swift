import Domain
import FolderEvents
import Foundation

/// A watch at work, on a thread of its own.
struct WatchLoop {
    let plan: FolderWatch
    let events: FolderEvents
    var work: FileImport
    let journal: FileJournal
    let tell: @Sendable (WatchNews) -> Void

    /// Where names below the folder begin in a path.
    let start: Int
    /// The kind of network share the folder is on.
    let share: String?
    var settling: Settling
    /// What did not make it, in which state, so that it is told once. By name below the folder.
    var missed: [[UInt8]: Missed] = [:]
    /// Reasons that were told, by path: of folders, links.
    var toldReasons: [String: Failure] = [:]
    /// Whether the kernel listens to no more folders.
    var isLimited = false
    /// Whether the journal could not be written last time.
    var isJournalBehind = false
    /// When all is looked through next, and how soon at the earliest.
    var nextScan = ContinuousClock.now
    var earliestScan = ContinuousClock.now
    /// Whether files wait outside of `settling`.
    var isScanCutShort = false
    /// Whether the folder is there.
    var isRootThere = true
    /// The file system it was on.
    var rootDevice: dev_t?

    struct Missed {
        let stamp: FileStamp?
        let failure: Failure
        /// When it is tried again although nothing about the file has changed; `nil` for never.
        let retry: ContinuousClock.Instant?
    }

    init(
        _ plan: FolderWatch, events: FolderEvents, door: PatientDoor, journal: FileJournal,
        tell: @escaping @Sendable (WatchNews) -> Void
    ) {
        self.plan = plan
        self.events = events
        self.journal = journal
        self.tell = tell
        work = FileImport(bucket: plan.bucket, prefix: plan.prefix, door: door)
        start = plan.root == [slash] ? 1 : plan.root.count + 1
        share = NetworkShare.kind(of: plan.root)
        settling = Settling(for: plan.settleTime)
    }

    /// Lasts until the task is cancelled.
    mutating func run() async throws {
        tell(
            .began(
                WatchedFolder(
                    folder: String(decoding: plan.root, as: UTF8.self), bucket: plan.bucket, hearsChanges: hears,
                    share: share, rescanSeconds: rescanTime / .seconds(1))))
        if let trouble = events.trouble {
            tell(.notice("Changes are found by looking through the folder only: \(trouble)."))
        }
        while !Task.isCancelled {
            if nextScan <= .now || (isScanCutShort && settling.count == 0) { scan() }
            let end = min(nextScan, settling.nextDue ?? nextScan)
            for event in events.wait(atMost: end - .now) { take(event) }
            if let path = settling.due(at: .now) { try await see(FoundFile(bytes: path, start: start)) }
            // What was there from the start is in; what comes now is new, and somebody may wait for it.
            if settling.count == 0, !isScanCutShort { work.isBatch = false }
        }
    }

    /// Whether the kernel tells of changes.
    private var hears: Bool { plan.hearsChanges && events.trouble == nil }

    /// Whether it tells of all.
    var hearsAll: Bool { hears && share == nil && !isLimited }

    /// After how long all is looked through again: rarely, where it is only to be sure.
    var rescanTime: Duration { plan.rescanTime ?? .seconds(hearsAll ? 900 : 60) }

    /// A file was met: unless it is known in this state, it is seen to once it has settled.
    /// What failed is tried again when it is time, or something about it is `isNews`.
    mutating func meet(_ path: [UInt8], isNews: Bool) {
        guard let stamp = FileStamp(at: path) else { return }
        let name = Array(path[start...])
        guard journal[name]?.stamp != stamp else { return }
        if let missed = missed[name], missed.stamp == stamp {
            guard let retry = missed.retry, isNews || retry <= .now else { return }
        }
        settling.meet(path, stamp, at: .now)
    }

    /// Writes to the journal. Tells that it cannot be written, once.
    mutating func note(_ body: (FileJournal) throws(Failure) -> Void) {
        do throws(Failure) {
            try body(journal)
            isJournalBehind = false
        } catch {
            if !isJournalBehind {
                tell(.notice("\(error.message) Until that is mended, a restart may forget what was brought in."))
            }
            isJournalBehind = true
        }
    }
}
