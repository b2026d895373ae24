import Domain
import Foundation

/// Seeing to files one by one.
extension WatchLoop {
    /// Sees to a file whose time is up.
    mutating func see(_ file: FoundFile) async throws {
        let stamp = FileStamp(at: file.bytes)
        let isSettled = settling.judge(file.bytes, stamp, isBeingWritten: file.isBeingWritten, at: .now)
        guard isSettled, let stamp, journal[file.name]?.stamp != stamp else { return }
        // One that was made here since the folder was gone into.
        guard !DataFolderMark.isAbove(file.bytes, from: start) else { return }
        var earlier: [UInt8]?
        var known: ContentHash?
        let outcome: FileImport.Outcome
        do {
            outcome = try await work.bring(file) { picture throws(Failure) in
                (earlier, known) = try knowledge(of: picture, at: file.name)
                return known != nil
            }
        } catch let stop as ImportStop {
            guard case .server(let reason) = stop else { throw CancellationError() }
            outcome = .missed(.failed, Failure(.init(rawValue: "server"), reason))
        }
        switch outcome {
        case .known:
            if let known { remember(file.name, FileJournal.Entry(stamp: stamp, hash: known)) }
            guard let earlier else { return }
            // What comes there next is new; else a copy of this file would pass for the file of old.
            note { journal throws(Failure) in try journal.forget(earlier) }
            tell(file, .moved, message: String(decoding: earlier, as: UTF8.self))
        case .stored(let storing, let photo):
            guard let hash = ContentHash(photo.sha256) else { return }
            // The state before it was read: had it changed since, it is not known and comes in again.
            remember(file.name, FileJournal.Entry(stamp: stamp, hash: hash))
            let outcome: WatchedFile.Outcome =
                switch storing {
                case .new: .new
                case .present: .present
                case .replaced: .replaced
                }
            tell(.file(WatchedFile(path: shown(file), outcome: outcome, photo: photo.id, key: photo.key)))
        case .missed(let fate, let failure):
            miss(file, stamp, fate, failure)
        }
    }

    /// Whether the bytes of a picture were brought in before: from the same path, or from one where no file is any more.
    private func knowledge(
        of picture: OpenFile, at name: [UInt8]
    ) throws(Failure) -> (earlier: [UInt8]?, known: ContentHash?) {
        let paths = journal.paths(ofSize: picture.size)
        guard !paths.isEmpty, let hash = ContentHash(try picture.sha256()) else { return (nil, nil) }
        if journal[name]?.hash == hash { return (nil, hash) }
        let folder = plan.root == [slash] ? [] : plan.root
        let earlier = paths.first { path in
            journal[path]?.hash == hash && FileStamp(at: folder + [slash] + path) == nil
        }
        return (earlier, earlier == nil ? nil : hash)
    }

    private mutating func remember(_ name: [UInt8], _ entry: FileJournal.Entry) {
        missed[name] = nil
        note { journal throws(Failure) in try journal.add(name, entry) }
    }

    /// A file did not make it: told once, as long as the file and the reason stay the same.
    private mutating func miss(_ file: FoundFile, _ stamp: FileStamp, _ fate: ImportReport.Fate, _ failure: Failure) {
        let isToldAlready = missed[file.name].map { $0.stamp == stamp && $0.failure == failure } ?? false
        let retry = fate == .failed ? ContinuousClock.now + Self.retryTime : nil
        missed[file.name] = Missed(stamp: stamp, failure: failure, retry: retry)
        if let retry { nextScan = min(nextScan, max(retry, earliestScan)) }
        guard !isToldAlready else { return }
        let outcome: WatchedFile.Outcome =
            switch fate {
            case .leftOut: .leftOut
            case .refused: .refused
            case .failed: .failed
            }
        tell(
            .file(
                WatchedFile(
                    path: shown(file), outcome: outcome, code: failure.code.rawValue, message: failure.message)))
    }

    private func tell(_ file: FoundFile, _ outcome: WatchedFile.Outcome, message: String) {
        tell(.file(WatchedFile(path: shown(file), outcome: outcome, message: message)))
    }

    private func shown(_ file: FoundFile) -> String {
        String(decoding: file.name, as: UTF8.self)
    }
}
