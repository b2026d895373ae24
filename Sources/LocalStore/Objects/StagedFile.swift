import Domain
import Foundation
import Threading

/// A file on its way in: written under a name of its own, synced, then renamed.
actor StagedFile: StagedObject {
    private let root: String
    private let path: String
    private let thread: ThreadExecutor
    private var descriptor: Int32

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(root: String, thread: ThreadExecutor) throws(StoreError) {
        self.root = root
        self.thread = thread
        path = "\(root)/incoming/\(UUID().uuidString)"
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreError(system: "create", path) }
    }

    isolated deinit {
        discardFile()
    }

    func append(_ bytes: [UInt8]) throws(StoreError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard written >= 0 else {
                if errno == EINTR { continue }
                throw StoreError(system: "write", path)
            }
            rest = rest.dropFirst(written)
        }
    }

    func commit(as key: ObjectKey) throws(StoreError) {
        let folder = key.folder(under: root)
        let target = key.path(under: root)
        if mkdir(folder, 0o700) == 0 {
            try sync(folder: (folder as NSString).deletingLastPathComponent)
        } else if errno != EEXIST {
            throw StoreError(system: "create", folder)
        }
        guard fsync(descriptor) == 0 else { throw StoreError(system: "sync", path) }
        guard rename(path, target) == 0 else { throw StoreError(system: "create", target) }
        close(descriptor)
        descriptor = -1
        // The name is only durable once the folder is.
        try sync(folder: folder)
    }

    func discard() {
        discardFile()
    }

    private func discardFile() {
        guard descriptor >= 0 else { return }
        unlink(path)
        close(descriptor)
        descriptor = -1
    }
}
