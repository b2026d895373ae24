/// Files that were met and may still grow. One has settled when it stayed the same for a while and nobody writes to it.
struct Settling {
    typealias Instant = ContinuousClock.Instant

    /// How long a file must stay the same.
    let time: Duration

    private var files: [[UInt8]: State] = [:]
    /// Each file once, about in the order in which their time is up; those before `first` were taken out.
    private var line: [(path: [UInt8], due: Instant)] = []
    private var first = 0

    private struct State {
        var stamp: FileStamp
        var due: Instant
        /// Whether somebody was heard to write to it, and not to close it.
        var isBeingWritten = false
    }

    init(for time: Duration) {
        self.time = time
    }

    /// How many files there are.
    var count: Int { files.count }

    /// When the next file should be looked at; `nil` when there is none.
    var nextDue: Instant? { first < line.count ? line[first].due : nil }

    /// A file was met in this state. If that is another than before, its time begins anew.
    mutating func meet(_ path: [UInt8], _ stamp: FileStamp, at now: Instant) {
        guard let state = files[path] else {
            files[path] = State(stamp: stamp, due: now + time)
            line.append((path, now + time))
            return
        }
        guard state.stamp != stamp else { return }
        files[path]?.stamp = stamp
        files[path]?.due = now + time
    }

    /// Somebody was heard to write to a file that was met, or to close it.
    mutating func hear(_ path: [UInt8], isBeingWritten: Bool, at now: Instant) {
        guard files[path] != nil else { return }
        files[path]?.isBeingWritten = isBeingWritten
        files[path]?.due = now + time
    }

    /// What was heard may not hold any more.
    mutating func forgetWhatWasHeard() {
        for path in files.keys { files[path]?.isBeingWritten = false }
    }

    /// A file is gone.
    mutating func remove(_ path: [UInt8]) {
        files[path] = nil
    }

    /// A file whose time is up, to be judged next; `nil` when there is none.
    mutating func due(at now: Instant) -> [UInt8]? {
        while let next = nextDue, next <= now {
            let path = line[first].path
            advance()
            guard let state = files[path] else { continue }
            guard state.due > now else { return path }
            line.append((path, state.due))
        }
        return nil
    }

    /// Whether a file that was due has settled, by its state now; if not, its time begins anew. What has settled, or is
    /// gone, is no longer kept here.
    mutating func judge(_ path: [UInt8], _ stamp: FileStamp?, isBeingWritten: Bool, at now: Instant) -> Bool {
        guard let state = files[path], let stamp else {
            files[path] = nil
            return false
        }
        guard state.stamp == stamp, !isBeingWritten, !state.isBeingWritten else {
            files[path]?.stamp = stamp
            files[path]?.due = now + time
            line.append((path, now + time))
            return false
        }
        files[path] = nil
        return true
    }

    private mutating func advance() {
        first += 1
        guard first > 1000, first > line.count / 2 else { return }
        line.removeFirst(first)
        first = 0
    }
}
