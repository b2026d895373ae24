import Foundation

/// Which models there are, what for, and which contents of their files are right; written by `make models` beside them.
/// The fields are told in `Models/README.md`.
public struct ModelManifest: Sendable, Decodable {
    /// All models; of several for one task, the one to prefer comes first.
    public let models: [Model]

    /// One model with all its files.
    public struct Model: Sendable, Decodable {
        /// What it is called.
        public let name: String
        /// What it does, for people.
        public let purpose: String
        /// Its licence, an SPDX identifier or `LicenseRef-…`.
        public let licence: String
        /// Whether that licence lets everybody do nearly everything.
        public let permissive: Bool
        /// What is lost where it is missing, for people.
        public let without: String
        /// Its files.
        public let files: [File]
    }

    /// One file of a model.
    public struct File: Sendable, Decodable {
        /// Its name in the model folder.
        public let name: String
        /// Its size in bytes, about.
        public let bytes: Int
        /// The contents that are known to be right.
        public let sha256: [String]
    }

    /// Reads the manifest of a folder; throws when there is none or it cannot be read.
    public init(of folder: ModelFolder) throws {
        let data = try Data(contentsOf: folder.url.appending(path: "manifest.json"))
        self = try JSONDecoder().decode(ModelManifest.self, from: data)
    }
}

extension ModelFolder {
    /// The contents, by file name, that were found right by their numbers when another version of the tools built them.
    public var checkedByNumbers: [String: String] {
        struct Note: Decodable {
            let sha256: String
        }
        let data = try? Data(contentsOf: url.appending(path: ".verified.json"))
        let notes = data.flatMap { try? JSONDecoder().decode([String: Note].self, from: $0) }
        return notes?.mapValues(\.sha256) ?? [:]
    }
}
