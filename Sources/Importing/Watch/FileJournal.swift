import Cryptography
import Domain
import Foundation

/// What was brought in from a watched folder into a bucket: by the path below the folder, in which state, with which
/// bytes. So a photo that somebody deletes does not come back because its file is still there.
///
///     fovea-watch/1 incoming /home/ann/Pictures
///     + 240512 1763737391123456789 596aa1e7… beach/IMG_1.jpg
///     - beach/IMG_1.jpg
final class FileJournal {
    struct Entry: Equatable {
        let stamp: FileStamp
        let hash: ContentHash
    }

    private let file: LineFile
    private let title: String
    private var entries: [[UInt8]: Entry] = [:]
    private var bySize: [Int: Set<[UInt8]>] = [:]
    /// Lines in the file that say nothing any more.
    private var outdated = 0
    /// Whether the file lacks what could not be written.
    private var isBehind = false

    /// Opens the journal of the folder `watched` for a bucket, below `folder`, which is made where it is missing.
    init(in folder: String, of watched: [UInt8], into bucket: BucketName) throws(Failure) {
        title = "fovea-watch/1 \(bucket) \(Wording.visible(String(decoding: watched, as: UTF8.self)))"
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure(.init(rawValue: "journal"), "Cannot make \(folder): \(error.localizedDescription)")
        }
        var hash = SHA256()
        hash.update(Array(bucket.description.utf8) + [0] + watched)
        file = try LineFile("\(folder)/\(hash.hexadecimal().prefix(24)).journal")
        if let first = file.lines.first, first != Array(title.utf8) {
            throw Failure(
                .init(rawValue: "journal"), "The journal in \(folder) is of another version of Fovea, or damaged.")
        }
        for line in file.lines.dropFirst() { read(line) }
        let isNew = file.lines.isEmpty
        file.dropLines()
        if isNew { try file.append(Array(title.utf8)) }
        try compact()
    }

    /// How many files it knows.
    var count: Int { entries.count }

    /// What is known of a path.
    subscript(path: [UInt8]) -> Entry? { entries[path] }

    /// Where files of this size came from.
    func paths(ofSize size: Int) -> Set<[UInt8]> { bySize[size] ?? [] }

    /// A file was brought in; durable when this returns. When it throws, it is known as long as this process runs, and
    /// written with what comes next.
    func add(_ path: [UInt8], _ entry: Entry) throws(Failure) {
        guard entries[path] != entry else { return }
        set(path, entry)
        try write(Self.line(path, entry))
    }

    /// A file was deleted: what comes to its path is new.
    func forget(_ path: [UInt8]) throws(Failure) {
        guard entries[path] != nil else { return }
        set(path, nil)
        outdated += 1
        try write(Array("- ".utf8) + path)
    }

    private func write(_ line: [UInt8]) throws(Failure) {
        do throws(Failure) {
            isBehind ? try rewrite() : try file.append(line)
        } catch {
            isBehind = true
            throw error
        }
        try compact()
    }

    private func compact() throws(Failure) {
        if outdated > entries.count + 1000 { try rewrite() }
    }

    private func rewrite() throws(Failure) {
        try file.replace(with: [Array(title.utf8)] + entries.map(Self.line))
        (outdated, isBehind) = (0, false)
    }

    private func set(_ path: [UInt8], _ entry: Entry?) {
        if let old = entries[path] {
            outdated += 1
            bySize[old.stamp.size]?.remove(path)
            if bySize[old.stamp.size]?.isEmpty == true { bySize[old.stamp.size] = nil }
        }
        entries[path] = entry
        if let entry { bySize[entry.stamp.size, default: []].insert(path) }
    }
}

extension FileJournal {
    private static func line(_ path: [UInt8], _ entry: Entry) -> [UInt8] {
        Array("+ \(entry.stamp.size) \(entry.stamp.modified) \(entry.hash.description) ".utf8) + path
    }

    /// A line that makes no sense is as good as none: its file is asked for again.
    private func read(_ line: [UInt8]) {
        let space = UInt8(ascii: " ")
        if line.starts(with: Array("- ".utf8)) {
            set(Array(line.dropFirst(2)), nil)
            outdated += 1
            return
        }
        let words = line.split(separator: space, maxSplits: 4, omittingEmptySubsequences: false)
        guard words.count == 5, words[0].elementsEqual("+".utf8),
            let size = Int(String(decoding: words[1], as: UTF8.self)),
            let modified = Int64(String(decoding: words[2], as: UTF8.self)),
            let hash = ContentHash(String(decoding: words[3], as: UTF8.self))
        else {
            outdated += 1
            return
        }
        set(Array(words[4]), Entry(stamp: FileStamp(size: size, modified: modified), hash: hash))
    }
}
