import Domain
import Foundation
import Synchronization

/// Counts what becomes of each file, for whoever watches and for the report.
public final class ImportTally: Sendable {
    private let state: Mutex<State>

    private struct State {
        var report = ImportReport()
        var progress = ImportProgress()
        var reasons: [ImportReport.Fate: [Failure: ImportReport.Reason]] = [:]
        var notices: [UUID: String] = [:]
        let mostNames: Int
    }

    /// Starts at nothing; of each reason at most so many files are named.
    public init(mostNames: Int = .max) {
        state = Mutex(State(mostNames: mostNames))
    }

    /// How far it is.
    public var progress: ImportProgress {
        state.withLock { $0.progress }
    }

    /// What has become of all files so far.
    public var report: ImportReport {
        state.withLock { state in
            var report = state.report
            func list(_ fate: ImportReport.Fate) -> [ImportReport.Reason] {
                state.reasons[fate, default: [:]].values
                    .sorted { ($1.count, $0.message) < ($0.count, $1.message) }
            }
            report.leftOut = list(.leftOut)
            report.refused = list(.refused)
            report.failed = list(.failed)
            return report
        }
    }

    /// There are so many files in all.
    func count(total: Int) {
        state.withLock { $0.progress.total = total }
    }

    /// What somebody waits for; `nil` when that is over. Shown is one of the notices, as long as there is one.
    func note(_ notice: String?, by waiting: UUID) {
        state.withLock { state in
            state.notices[waiting] = notice
            state.progress.notice = state.notices.values.min()
        }
    }

    /// A file is taken in hand.
    func begin(_ path: String) {
        state.withLock { state in
            state.report.files += 1
            state.progress.seen += 1
            state.progress.current = path
            state.progress.currentSince = .now
        }
    }

    /// A file is in the bucket, and its photo was looked at or waits for that; nothing more is waited for once it
    /// `isFinished`.
    func stored(_ storing: ImportReport.Storing, isSettled: Bool, isFinished: Bool) {
        state.withLock { state in
            switch storing {
            case .new: state.report.new += 1
            case .present: state.report.present += 1
            case .replaced: state.report.replaced += 1
            }
            if storing != .present { state.progress.sent += 1 }
            if !isSettled { state.report.waiting += 1 }
            if isFinished { state.progress.finished += 1 }
        }
    }

    /// A photo that waited was looked at, or is gone again. Where that failed, `record` is called, too.
    func settled(isFinished: Bool = true) {
        state.withLock { state in
            state.report.waiting -= 1
            state.progress.lookedAt += 1
            if isFinished { state.progress.finished += 1 }
        }
    }

    /// A file did not make it; `isFile` is false for a whole folder.
    func record(_ fate: ImportReport.Fate, _ path: String, _ failure: Failure, isFile: Bool = true) {
        state.withLock { state in
            var reason =
                state.reasons[fate]?[failure]
                ?? ImportReport.Reason(code: failure.code.rawValue, message: failure.message)
            reason.count += 1
            if reason.files.count < state.mostNames { reason.files.append(path) }
            state.reasons[fate, default: [:]][failure] = reason
            if isFile { state.progress.finished += 1 }
        }
    }
}

/// How far an import is.
public struct ImportProgress: Sendable, Equatable {
    /// All files; `nil` until they are counted.
    public var total: Int?
    /// Files taken in hand.
    public var seen = 0
    /// Files sent.
    public var sent = 0
    /// Photos of this import that were looked at since it began.
    public var lookedAt = 0
    /// Files about which nothing more will happen.
    public var finished = 0
    /// The file taken in hand last.
    public var current = ""
    /// Since when.
    public var currentSince = ContinuousClock.now
    /// What somebody waits for.
    public var notice: String?
}
