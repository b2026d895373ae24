public import Foundation

/// The folder that `make models` fills, and the names of what is in it.
public struct ModelFolder: Sendable, Equatable {
    /// Where it is.
    public let url: URL

    /// Names a folder by its path; it need not exist.
    public init(_ path: String) {
        url = URL(filePath: path, directoryHint: .isDirectory)
    }

    /// Names a folder by its URL; it need not exist.
    public init(_ url: URL) {
        self.url = url
    }

    /// The path of a file in it.
    public func path(of file: ModelFile) -> String {
        url.appending(path: file.name).path
    }

    /// The files without which nothing can be seen, and whether each is there: tells a model folder from another one.
    public func inventory(precision: Precision = .best) -> [ModelFile.Standing] {
        ModelFile.all(precision: precision).map { file in
            ModelFile.Standing(file: file, isPresent: FileManager.default.fileExists(atPath: path(of: file)))
        }
    }
}
