import Foundation
import Perception

/// Where the tests that run models find them: FOVEA_MODELS, else `models` at the root of the package.
enum Installation {
    static let folder: ModelFolder = {
        if let path = ProcessInfo.processInfo.environment["FOVEA_MODELS"] { return ModelFolder(path) }
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return ModelFolder(root.appending(path: "models"))
    }()

    /// Without `make models` there is nothing to test these with; the suites that need it say so.
    static let isComplete = Precision.allCases.allSatisfy { precision in
        folder.inventory(precision: precision).allSatisfy(\.isPresent)
    }

    /// Whether these are there, and what runs them.
    static func has(_ files: ModelFile...) -> Bool {
        (files + [.runtime]).allSatisfy { FileManager.default.fileExists(atPath: folder.path(of: $0)) }
    }
}

/// A fresh folder that is removed when it goes out of use.
final class TemporaryFolder {
    let url = FileManager.default.temporaryDirectory.appending(path: "fovea-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    /// Fills it with links to the installed models.
    func linkModels() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: Installation.folder.url.path) {
            try FileManager.default.createSymbolicLink(
                at: url.appending(path: name), withDestinationURL: Installation.folder.url.appending(path: name))
        }
    }

    /// Puts another content in the place of a file.
    func replace(_ name: String, with content: String) throws {
        let file = url.appending(path: name)
        try? FileManager.default.removeItem(at: file)
        try Data(content.utf8).write(to: file)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }
}
