public import Domain
public import Foundation
import Threading

/// Objects as files, one a photo and kind, named by id in folders by the id's last two digits.
public struct LocalObjectStore: ObjectStore {
    private let root: String
    /// Writing and syncing block, so they have a thread of their own.
    private let thread = ThreadExecutor(name: "objects-write")

    /// Uses the folder at `root`. Whatever was on its way in when the last owner died is removed.
    public init(root: String) throws(StoreError) {
        self.root = root
        do {
            let incoming = root + "/incoming"
            if FileManager.default.fileExists(atPath: incoming) { try FileManager.default.removeItem(atPath: incoming) }
            for folder in ["incoming"] + ObjectKey.Kind.folders {
                try FileManager.default.createDirectory(
                    atPath: "\(root)/\(folder)", withIntermediateDirectories: true)
            }
        } catch {
            throw StoreError(.unavailable, "Cannot prepare the data folder \(root): \(error.localizedDescription)")
        }
        // What this made, and what the last owner made without living to sync it.
        for folder in ObjectKey.Kind.folders.map({ "\(root)/\($0)" }) + [root] { try sync(folder: folder) }
    }

    /// Begins a new file in `incoming`.
    public func stage() async throws(StoreError) -> any StagedObject {
        try StagedFile(root: root, thread: thread)
    }

    /// Opens a file.
    public func open(_ key: ObjectKey) async throws(StoreError) -> OpenFile? {
        let path = key.path(under: root)
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw StoreError(system: "open", path)
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            close(descriptor)
            throw StoreError(system: "read", path)
        }
        return OpenFile(owning: descriptor, size: Int(status.st_size))
    }

    /// Removes a file.
    public func remove(_ key: ObjectKey) async throws(StoreError) {
        let path = key.path(under: root)
        guard unlink(path) == 0 || errno == ENOENT else { throw StoreError(system: "remove", path) }
    }

    /// Removes all files of a photo and syncs their folders.
    public func erase(_ photo: PhotoID) async throws(StoreError) {
        try await removeAll(of: photo)
        for folder in Set(ObjectKey.Kind.allCases.map { ObjectKey(photo, $0).folder(under: root) }) {
            // Where there is no folder, nothing was ever stored.
            guard FileManager.default.fileExists(atPath: folder) else { continue }
            try await keepRemovals(in: folder)
        }
    }

    private func keepRemovals(in folder: String) async throws(StoreError) {
        let synced = await Task(executorPreference: thread) { () -> Result<Void, StoreError> in
            Result { () throws(StoreError) in try sync(folder: folder) }
        }.value
        try synced.get()
    }

    /// Walks all folders.
    public func photos(before time: Date) async throws(StoreError) -> Set<PhotoID> {
        var found: Set<PhotoID> = []
        for folder in ObjectKey.Kind.folders {
            let walk = FileManager.default.enumerator(atPath: "\(root)/\(folder)")
            while let path = walk?.nextObject() as? String {
                let name = path.split(separator: "/").last?.prefix { $0 != "." } ?? ""
                if let id = PhotoID(String(name)), id.time < time { found.insert(id) }
            }
        }
        return found
    }

    /// What the file system gives to whoever is not root.
    public func freeBytes() async throws(StoreError) -> Int? {
        var status = statvfs()
        guard statvfs(root, &status) == 0 else { throw StoreError(system: "ask for the free space of", root) }
        return Int(status.f_bavail) * Int(status.f_frsize)
    }
}

extension ObjectKey {
    func path(under root: String) -> String {
        "\(folder(under: root))/\(photo)\(kind.fileExtension)"
    }

    /// The last digits of an id are random, the first ones are a clock: only the last spread files evenly.
    func folder(under root: String) -> String {
        "\(root)/\(kind.folder)/\(photo.description.suffix(2))"
    }
}

extension ObjectKey.Kind {
    static let folders = Set(allCases.map(\.folder))

    var folder: String {
        switch self {
        case .original: "originals"
        case .thumbnail256, .thumbnail1440: "thumbnails"
        }
    }

    fileprivate var fileExtension: String {
        switch self {
        case .original: ""
        case .thumbnail256: ".256.webp"
        case .thumbnail1440: ".1440.webp"
        }
    }
}

extension StoreError {
    /// An error of the operating system, told with what was tried.
    init(system action: String, _ path: String) {
        let code = errno
        let reason = String(cString: strerror(code))
        switch code {
        case ENOSPC, EDQUOT:
            self.init(.full, "The disk is full: cannot \(action) \(path). Free some space and try again.")
        default:
            self.init(.unavailable, "Cannot \(action) \(path): \(reason)")
        }
    }
}
