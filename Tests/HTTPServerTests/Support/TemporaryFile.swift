import Foundation

/// An open file with a text in it and no name, closed when this object goes.
final class TemporaryFile: Sendable {
    let descriptor: Int32
    let size: Int
    private let whenClosed: (@Sendable () -> Void)?

    init(_ text: String, whenClosed: (@Sendable () -> Void)? = nil) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(.EIO) }
        unlink(path)
        size = text.utf8.count
        self.whenClosed = whenClosed
        guard write(descriptor, text, size) == size else { throw POSIXError(.EIO) }
    }

    deinit {
        close(descriptor)
        whenClosed?()
    }
}
