import Domain
import Foundation

/// Lines in a file that one process holds, each durable once it was added. A line that a crash has torn is cut off when
/// the file is opened next.
final class LineFile {
    /// The lines that were there when it was opened.
    private(set) var lines: [[UInt8]] = []
    private let path: String
    private var descriptor: Int32

    /// Opens the file, or makes it. Throws `Failure` when it cannot, or another process holds it.
    init(_ path: String) throws(Failure) {
        self.path = path
        descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .journal("Cannot open \(path)") }
        var (held, named) = (stat(), stat())
        // Another process may have put a new file there since.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &held) == 0, stat(path, &named) == 0,
            held.st_ino == named.st_ino
        else {
            throw Failure(.init(rawValue: "watched"), "Another `fovea watch` watches this folder for this bucket.")
        }
        guard let bytes = FileManager.default.contents(atPath: path).map(Array.init) else {
            throw .journal("Cannot read \(path)")
        }
        let whole = (bytes.lastIndex(of: newline) ?? -1) + 1
        guard whole == bytes.count || ftruncate(descriptor, off_t(whole)) == 0 else {
            throw .journal("Cannot write \(path)")
        }
        lines = bytes[..<whole].split(separator: newline).map(Array.init)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Adds a line; it is durable when this returns.
    func append(_ line: [UInt8]) throws(Failure) {
        try Self.write(line + [newline], to: descriptor, path)
    }

    /// Puts other lines in place of all; a crash leaves the old ones or the new ones.
    func replace(with lines: some Sequence<[UInt8]>) throws(Failure) {
        let draft = path + ".new"
        let new = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o600)
        guard new >= 0 else { throw .journal("Cannot open \(draft)") }
        do throws(Failure) {
            try Self.write(Array(lines.map { $0 + [newline] }.joined()), to: new, draft)
            guard flock(new, LOCK_EX | LOCK_NB) == 0, rename(draft, path) == 0 else {
                throw .journal("Cannot replace \(path)")
            }
        } catch {
            close(new)
            throw error
        }
        close(descriptor)
        descriptor = new
        self.lines = []
        let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    /// The lines at the start are needed once.
    func dropLines() {
        lines = []
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(Failure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw .journal("Cannot write \(path)") }
            rest = rest.dropFirst(written)
        }
        guard fdatasync(descriptor) == 0 else { throw .journal("Cannot write \(path)") }
    }
}

private let newline = UInt8(ascii: "\n")

extension Failure {
    /// With what the system says.
    fileprivate static func journal(_ what: String) -> Failure {
        Failure(.init(rawValue: "journal"), "\(what): \(systemError()).")
    }
}
