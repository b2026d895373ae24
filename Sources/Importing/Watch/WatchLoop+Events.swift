import Domain
import FolderEvents

/// What the kernel tells. It is only a reason to look: what counts is what is there then.
extension WatchLoop {
    /// Looks at what an event is about.
    mutating func take(_ event: FolderEvent) {
        switch event {
        case .writing(let path): hear(path, isBeingWritten: true)
        case .finished(let path): hear(path, isBeingWritten: false)
        case .changed(let path): if isPlain(path, .file) { meet(path, isNews: true) }
        case .left(let path): drop(path)
        case .deleted(let path):
            drop(path)
            let name = Array(path[start...])
            note { journal throws(Failure) in try journal.forget(name) }
        case .folder(let path): if isPlain(path, .folder) { scan(path) }
        case .lost(let path):
            events.leave(path)
            if path == plan.root { nextScan = .now }
        case .overflow:
            settling.forgetWhatWasHeard()
            nextScan = earliestScan
        }
    }

    private mutating func hear(_ path: [UInt8], isBeingWritten: Bool) {
        guard isPlain(path, .file) else { return }
        meet(path, isNews: true)
        settling.hear(path, isBeingWritten: isBeingWritten, at: .now)
    }

    private mutating func drop(_ path: [UInt8]) {
        settling.remove(path)
        missed[Array(path[start...])] = nil
    }

    /// Whether a name is one that is not left out.
    private func isPlain(_ path: [UInt8], _ kind: FolderListing.Kind) -> Bool {
        let cut = path.lastIndex(of: slash) ?? 0
        let name = Array(path[(cut + 1)...])
        if name == DataFolderMark.name { events.leave(Array(path[..<cut])) }
        return Failure.leavingOut(FolderListing.Entry(name: name, kind: kind)) == nil
    }
}
