import Foundation
import Testing

/// A folder of files that a test makes.
struct Album {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "album-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        guard let resolved = realpath(folder.path, nil) else { throw CocoaError(.fileNoSuchFile) }
        defer { free(resolved) }
        path = String(cString: resolved)
    }

    /// What begins as a JPEG does.
    static func jpeg(_ tail: String) -> [UInt8] {
        [0xFF, 0xD8, 0xFF, 0xE0] + Array(tail.utf8)
    }

    func write(_ name: String, _ bytes: [UInt8]? = nil) throws {
        let file = URL(filePath: "\(path)/\(name)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes ?? Self.jpeg(name)).write(to: file)
    }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: "\(path)/\(name)", withDestinationPath: target)
    }

    /// Makes a file whose name is bytes that may be no text.
    func write(nameOf bytes: [UInt8], _ content: [UInt8]) throws {
        let name = Array("\(path)/".utf8) + bytes
        let descriptor = open(name.map(CChar.init(bitPattern:)) + [0], O_WRONLY | O_CREAT, 0o600)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        #expect(Foundation.write(descriptor, content, content.count) == content.count)
    }
}
