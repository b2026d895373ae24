import Domain
import Foundation

/// A file that a walk has met. Its path is bytes: a file system knows no encoding.
public struct FoundFile: Sendable, Equatable {
    /// The absolute path.
    let bytes: [UInt8]
    /// Where the part of the path begins that is below what was named.
    let start: Int

    /// The path as it can be shown; what is no UTF-8 becomes `�`.
    public var path: String { String(decoding: bytes, as: UTF8.self) }

    /// Opens the file. Throws `Failure.unreadable` with the system's reason.
    func open() throws(Failure) -> OpenFile {
        let descriptor = Foundation.open(cPath(bytes), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else { throw Failure(.unreadable, "The file cannot be opened: \(systemError()).") }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw Failure(.unreadable, "It is no file any more.")
        }
        return OpenFile(owning: descriptor, size: Int(status.st_size))
    }

    /// The key under which it is put in: its absolute path without the first slash, or below `prefix` its path from
    /// what was named. So two folders never meet under one key, and the same folder finds what it has brought before.
    func key(below prefix: String?) throws(Failure) -> PhotoKey {
        guard let text = String(validating: prefix == nil ? bytes.dropFirst() : bytes[start...], as: UTF8.self) else {
            throw Failure(.unusableName, "The name is not in UTF-8. Rename the file.")
        }
        let full = prefix.map { $0.isEmpty ? text : "\($0)/\(text)" } ?? text
        guard full.utf8.count <= PhotoKey.maximumBytes else {
            throw Failure(
                .unusableName,
                "The path is longer than \(PhotoKey.maximumBytes) bytes. Import its folder with a short --as.")
        }
        guard let key = PhotoKey(full) else {
            throw Failure(.unusableName, "The name holds control characters. Rename the file.")
        }
        return key
    }
}

extension Failure.Code {
    /// The path cannot be a key.
    static let unusableName = Self(rawValue: "unusable_name")
}

/// A path as C wants it.
func cPath(_ bytes: [UInt8]) -> [CChar] {
    bytes.map(CChar.init(bitPattern:)) + [0]
}

/// What the system says of the last thing that failed.
func systemError() -> String {
    String(cString: strerror(errno))
}
