import Domain
import FolderEvents
import Foundation
import Synchronization

/// Looking through folders.
extension WatchLoop {
    /// How often a folder that is gone is looked for at least.
    private static let absence = Duration.seconds(2)
    /// How soon what failed is tried again.
    static let retryTime = Duration.seconds(60)
    /// A look takes at most a twentieth of the time.
    private static let rest = 20.0

    /// Looks through all that is watched.
    mutating func scan() {
        let begin = ContinuousClock.now
        isScanCutShort = false
        var reasons: [String: Failure] = [:]
        let trouble = walk(plan.root, &reasons)
        tellOnce(reasons)
        note(absence: reasons[String(decoding: plan.root, as: UTF8.self)])
        if isRootThere { toldReasons = reasons }
        note(trouble)

        let took = ContinuousClock.now - begin
        var pause = isRootThere ? rescanTime : min(rescanTime, Self.absence)
        if missed.values.contains(where: { $0.retry != nil }) { pause = min(pause, Self.retryTime) }
        nextScan = .now + max(pause, took * Self.rest)
        earliestScan = .now + took
    }

    /// Looks through a folder that is new, or may be.
    mutating func scan(_ folder: [UInt8]) {
        var reasons: [String: Failure] = [:]
        note(walk(folder, &reasons))
        tellOnce(reasons)
        toldReasons.merge(reasons) { _, new in new }
    }

    /// Meets every file, and gathers what cannot be gone into. Answers why a folder is not listened to.
    private mutating func walk(_ folder: [UInt8], _ reasons: inout [String: Failure]) -> FolderEventsError? {
        let listener = Listener(events: events)
        var walk = FolderWalk(part: folder, start: start)
        // Before its names are read, so that no change falls between.
        walk.entering = { listener.enter($0) }
        for step in walk {
            if Task.isCancelled { break }
            switch step {
            case .file(let file):
                guard settling.count < plan.mostWaiting else {
                    isScanCutShort = true
                    continue
                }
                meet(file.bytes, isNews: false)
            case .leftOut(let path, let reason):
                if reason == .dataFolder { events.leave(Array(path.utf8)) }
                if !Self.quietReasons.contains(reason.code.rawValue) { reasons[path] = reason }
            case .unreadable(let path, let reason): reasons[path] = reason
            }
        }
        return listener.trouble
    }

    /// What is left out without a word: there is plenty of it, and it comes and goes.
    private static let quietReasons: Set<String> = ["copies", "hidden", "no_file", "unfinished"]

    private func tellOnce(_ reasons: [String: Failure]) {
        for (path, reason) in reasons.sorted(by: { $0.key < $1.key }) where toldReasons[path] != reason {
            guard path.utf8.count > plan.root.count else { continue }
            let name = String(decoding: Array(path.utf8).dropFirst(start), as: UTF8.self)
            let outcome = reason.code == .unreadable ? WatchedFile.Outcome.failed : .leftOut
            tell(
                .file(WatchedFile(path: name, outcome: outcome, code: reason.code.rawValue, message: reason.message)))
        }
    }

    private mutating func note(absence reason: Failure?) {
        let folder = String(decoding: plan.root, as: UTF8.self)
        if let reason, isRootThere {
            tell(.notice("\(folder) is not there now, and is waited for. \(reason.message)"))
        } else if reason == nil, !isRootThere {
            tell(.notice("\(folder) is there again."))
        }
        isRootThere = reason == nil
        var status = stat()
        guard isRootThere, stat(cPath(plan.root), &status) == 0 else { return }
        if let rootDevice, rootDevice != status.st_dev {
            tell(.notice("\(folder) is on another file system now: one was mounted there, or unmounted."))
        }
        rootDevice = status.st_dev
    }

    private mutating func note(_ trouble: FolderEventsError?) {
        guard let trouble, !isLimited else { return }
        isLimited = true
        let seconds = Int(rescanTime / .seconds(1))
        tell(
            .notice(
                """
                Changes in some folders are found only every \(seconds) s: \(trouble). \
                `sysctl fs.inotify.max_user_watches=1000000` as root allows more, then start the watch anew.
                """))
    }

    /// Listens to each folder that a walk enters, as far as the kernel allows.
    private final class Listener: Sendable {
        private let events: FolderEvents
        private let state = Mutex<FolderEventsError?>(nil)

        init(events: FolderEvents) {
            self.events = events
        }

        /// The limit that was met.
        var trouble: FolderEventsError? { state.withLock { $0 } }

        func enter(_ folder: [UInt8]) {
            do throws(FolderEventsError) {
                try events.listen(to: folder)
            } catch {
                // What cannot be read, or is gone again, the walk tells itself.
                if error.isLimit { state.withLock { $0 = error } }
            }
        }
    }
}
