import Foundation

/// What is in one folder, in the order of the names' bytes, so that a walk always goes the same way.
struct FolderListing {
    let entries: [Entry]

    struct Entry {
        let name: [UInt8]
        let kind: Kind
    }

    enum Kind {
        case file, folder, link, other
    }

    /// Reads a folder; `nil` when it cannot be read, and `errno` says why.
    init?(_ path: [UInt8]) {
        guard let folder = opendir(cPath(path)) else { return nil }
        defer { closedir(folder) }
        var entries: [Entry] = []
        while true {
            errno = 0
            guard let entry = readdir(folder) else { break }
            let name = Self.name(of: entry)
            guard name != Array(".".utf8), name != Array("..".utf8) else { continue }
            entries.append(Entry(name: name, kind: Self.kind(of: entry, name, in: folder)))
        }
        guard errno == 0 else { return nil }
        self.entries = entries.sorted { $0.name.lexicographicallyPrecedes($1.name) }
    }

    /// Whether a file of this name is in it.
    func holds(_ name: [UInt8]) -> Bool {
        entries.contains { $0.name == name }
    }

    /// The name is read where it lies: the structure is longer than what the system has filled.
    private static func name(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
        guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return [] }
        let start = UnsafeRawPointer(entry).advanced(by: offset)
        return Array(UnsafeRawBufferPointer(start: start, count: strlen(start.assumingMemoryBound(to: CChar.self))))
    }

    private static func kind(
        of entry: UnsafeMutablePointer<dirent>, _ name: [UInt8], in folder: OpaquePointer
    ) -> Kind {
        switch Int(entry.pointee.d_type) {
        case DT_REG: return .file
        case DT_DIR: return .folder
        case DT_LNK: return .link
        case DT_UNKNOWN: break
        default: return .other
        }
        // Some file systems do not tell.
        var status = stat()
        guard fstatat(dirfd(folder), cPath(name), &status, AT_SYMLINK_NOFOLLOW) == 0 else { return .other }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        case S_IFLNK: return .link
        default: return .other
        }
    }
}
