import Domain
import Foundation

/// What tells one state of a file from another without reading it.
struct FileStamp: Sendable, Equatable {
    /// In bytes.
    let size: Int
    /// In nanoseconds since 1970.
    let modified: Int64

    init(size: Int, modified: Int64) {
        self.size = size
        self.modified = modified
    }

    /// Of the file at a path; `nil` when there is none, or something else than a file.
    init?(at path: [UInt8]) {
        var status = stat()
        guard lstat(cPath(path), &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        size = Int(status.st_size)
        modified = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
    }
}

extension FoundFile {
    /// The path from what was named on.
    var name: [UInt8] { Array(bytes[start...]) }

    /// Whether some program has the file open to write; `false` also where the system does not tell: of other people’s
    /// files, and on most shares.
    var isBeingWritten: Bool {
        guard let file = try? open() else { return false }
        // A lease to read is given only while nobody writes (fcntl(2)). Linux names the command to _GNU_SOURCE alone.
        let setLease: Int32 = 1024
        guard fcntl(file.descriptor, setLease, Int32(F_RDLCK)) == 0 else { return errno == EAGAIN }
        _ = fcntl(file.descriptor, setLease, Int32(F_UNLCK))
        return false
    }
}
