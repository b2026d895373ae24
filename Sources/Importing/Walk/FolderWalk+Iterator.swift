import Domain
import Foundation

extension FolderWalk {
    /// Where a walk is.
    public struct Iterator: IteratorProtocol, Sendable {
        private var roots: ArraySlice<Root>
        /// What was named itself is met there, not on the way.
        private let named: Set<[UInt8]>
        private var way: [Level] = []
        private var start = 0
        private let entering: (@Sendable ([UInt8]) -> Void)?

        private struct Level {
            let path: [UInt8]
            var rest: ArraySlice<FolderListing.Entry>
        }

        init(_ roots: [Root], entering: (@Sendable ([UInt8]) -> Void)?) {
            self.roots = roots[...]
            self.entering = entering
            named = Set(roots.map(\.path))
        }

        /// The next file, or what is left out.
        public mutating func next() -> Step? {
            while true {
                if let step = way.isEmpty ? enterRoot() : advance() { return step }
                if way.isEmpty, roots.isEmpty { return nil }
            }
        }

        private mutating func enterRoot() -> Step? {
            guard let root = roots.popFirst() else { return nil }
            guard root.isFolder else {
                start = (root.path.lastIndex(of: slash) ?? -1) + 1
                return .file(FoundFile(bytes: root.path, start: start))
            }
            start = root.start ?? (root.path == [slash] ? 1 : root.path.count + 1)
            return enter(root.path)
        }

        /// One step in the deepest folder; `nil` when it only went down or up.
        private mutating func advance() -> Step? {
            guard let entry = way[way.count - 1].rest.popFirst() else {
                way.removeLast()
                return nil
            }
            let folder = way[way.count - 1].path
            let path = (folder == [slash] ? [] : folder) + [slash] + entry.name
            guard !named.contains(path) else { return nil }
            if let reason = Failure.leavingOut(entry) {
                return .leftOut(path: String(decoding: path, as: UTF8.self), reason)
            }
            return entry.kind == .folder ? enter(path) : .file(FoundFile(bytes: path, start: start))
        }

        private mutating func enter(_ path: [UInt8]) -> Step? {
            let shown = String(decoding: path, as: UTF8.self)
            entering?(path)
            guard let listing = FolderListing(path) else {
                return .unreadable(
                    path: shown, Failure(.unreadable, "The folder cannot be read: \(systemError())."))
            }
            // Its originals would come back as photos.
            guard !listing.holds(DataFolderMark.name) else { return .leftOut(path: shown, .dataFolder) }
            way.append(Level(path: path, rest: listing.entries[...]))
            return nil
        }
    }
}

let slash = UInt8(ascii: "/")

/// The file by which a data folder of Fovea is known.
enum DataFolderMark {
    static let name = Array("fovea.lock".utf8)

    /// Whether one of the folders that a path leads through, from the byte `start` on, is a data folder.
    static func isAbove(_ path: [UInt8], from start: Int) -> Bool {
        path.indices.dropFirst(start - 1).contains { place in
            var status = stat()
            return path[place] == slash && lstat(cPath(path[...place] + name), &status) == 0
        }
    }
}

extension Failure {
    static let dataFolder = Failure(.init(rawValue: "data_folder"), "It is a data folder of Fovea.")

    /// Folders that other programs fill with small copies of photos.
    private static let copies: Set<String> = ["@eaDir", ".thumbnails", "#recycle"]

    /// Endings of the names under which browsers and programs that copy keep what is not all there.
    private static let unfinished: Set<String> = [
        ".crdownload", ".download", ".filepart", ".opdownload", ".part", ".partial", ".temp", ".tmp",
    ]

    /// Why something is left out; `nil` for what is gone into.
    static func leavingOut(_ entry: FolderListing.Entry) -> Failure? {
        let name = String(decoding: entry.name, as: UTF8.self)
        if entry.kind == .folder, copies.contains(name) {
            return Failure(.init(rawValue: "copies"), "Another program keeps copies there.")
        }
        if name.hasPrefix(".") { return Failure(.init(rawValue: "hidden"), "It is hidden.") }
        if entry.kind == .file, let dot = name.lastIndex(of: "."), unfinished.contains(name[dot...].lowercased()) {
            return Failure(.init(rawValue: "unfinished"), "By its name, another program still writes it.")
        }
        switch entry.kind {
        case .file, .folder: return nil
        case .link: return Failure(.init(rawValue: "link"), "It is a symbolic link. Name its target to import that.")
        case .other: return Failure(.init(rawValue: "no_file"), "It is neither a file nor a folder.")
        }
    }
}
