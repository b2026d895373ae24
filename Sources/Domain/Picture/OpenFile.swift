import Foundation

/// A file open for reading, closed when the last reference goes.
public final class OpenFile: Sendable {
    /// The descriptor; valid as long as this object lives, so hold the object while using it.
    public let descriptor: Int32
    /// The file's size in bytes.
    public let size: Int

    /// Takes over a descriptor.
    public init(owning descriptor: Int32, size: Int) {
        self.descriptor = descriptor
        self.size = size
    }

    /// Opens the regular file at `path`. Throws `Failure.unreadable` with the system's reason.
    public convenience init(path: String) throws(Failure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw Failure(.unreadable, "cannot open \(path): \(String(cString: strerror(errno)))")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw Failure(.unreadable, "\(path) is not a file")
        }
        self.init(owning: descriptor, size: Int(status.st_size))
    }

    /// The first bytes, at most `count`, without moving the place for reading.
    public func head(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = max(0, pread(descriptor, buffer.baseAddress, count, 0))
        }
    }

    deinit {
        close(descriptor)
    }
}
