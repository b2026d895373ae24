public import Domain
import Foundation

/// The folder in which one Fovea keeps everything, owned by one process at a time.
///
///     fovea.lock      locked while a process owns the folder
///     fovea.sock      by which other commands reach the owner
///     catalog.sqlite  photos, jobs, search index
///     originals/      the bytes as they came, by id
///     thumbnails/     made from them
///     incoming/       on its way in; emptied at start
///     watch/          what watched folders have brought in
///     webhook-secret  what webhooks are signed with
public final class DataFolder: Sendable {
    /// The folder's path.
    public let path: String
    private let lock: Int32

    /// Makes the folder where it is missing, readable by its owner only, and takes the lock.
    ///
    /// Throws `inUse` when another process owns the folder; the lock goes with the process, however it dies.
    public init(path: String) throws(StoreError) {
        self.path = path
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StoreError(
                .unavailable,
                "Cannot make the data folder \(path): \(error.localizedDescription)."
                    + " Choose another with --data or FOVEA_DATA.")
        }
        // Its own name must survive a power cut too. Where the folder around it is not ours to read, we did not make it.
        try? sync(folder: path + "/..")
        let file = path + "/fovea.lock"
        lock = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else {
            throw StoreError(
                .unavailable, "Cannot open \(file): \(String(cString: strerror(errno))). Is the folder yours to write?")
        }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw StoreError(
                .inUse, "Another Fovea owns the data folder \(path). Stop it, or choose another folder with --data.")
        }
    }

    deinit {
        close(lock)
    }

    /// Where the catalogue lies.
    public var catalogPath: String { path + "/catalog.sqlite" }

    /// The socket by which other commands reach the owner of the folder at `path`.
    public static func socketPath(in path: String) -> String { path + "/fovea.sock" }
}
