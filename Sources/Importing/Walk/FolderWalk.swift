public import Domain
import Foundation

/// Every file below some folders, once, always in the same order; and what is left out, with the reason.
///
/// Nothing is held but the folders on the way down, so that a walk over a million files needs no memory. Symbolic links
/// are not followed: no loop is possible, and no file is met under two names.
public struct FolderWalk: Sequence, Sendable {
    /// What a walk meets.
    public enum Step: Sendable, Equatable {
        /// A file.
        case file(FoundFile)
        /// What is left out on purpose.
        case leftOut(path: String, Failure)
        /// A folder that cannot be read.
        case unreadable(path: String, Failure)
    }

    let roots: [Root]
    /// Called with each folder before its names are read.
    var entering: (@Sendable ([UInt8]) -> Void)?

    struct Root: Sendable {
        let path: [UInt8]
        let isFolder: Bool
        /// Where the part of the paths begins that is below what was named, where that is not this root.
        var start: Int?
    }

    /// A part of a tree that was named; `start` is where the names below the whole begin.
    init(part: [UInt8], start: Int) {
        roots = [Root(path: part, isFolder: true, start: start)]
    }

    /// Looks where the paths lead. Each is resolved, so that the same folder is the same however it is named.
    ///
    /// Throws `Failure` for a path that leads nowhere.
    public init(_ paths: [String]) throws(Failure) {
        var roots: [Root] = []
        for path in paths {
            guard let resolved = realpath(path, nil) else {
                throw Failure(.unreadable, "cannot read \(path): \(systemError())")
            }
            defer { free(resolved) }
            var status = stat()
            guard stat(resolved, &status) == 0 else {
                throw Failure(.unreadable, "cannot read \(path): \(systemError())")
            }
            let bytes = Array(UnsafeRawBufferPointer(start: resolved, count: strlen(resolved)))
            if !roots.contains(where: { $0.path == bytes }) {
                roots.append(Root(path: bytes, isFolder: status.st_mode & S_IFMT == S_IFDIR))
            }
        }
        self.roots = roots
    }

    /// Starts at the first path.
    public func makeIterator() -> Iterator {
        Iterator(roots, entering: entering)
    }
}
