public import Domain

/// A file that the models need.
public struct ModelFile: Sendable, Equatable {
    /// Its name in the model folder.
    public let name: String
    /// What it is, for people.
    public let purpose: String
    /// The analyses that are unavailable without it.
    public let analyses: Set<AnalysisKind>

    /// ONNX Runtime, which runs all models.
    public static let runtime = ModelFile(
        name: "libonnxruntime.so", purpose: "ONNX Runtime", analyses: Set(AnalysisKind.allCases))
    /// The names of labels and what they are a kind of.
    public static let vocabulary = ModelFile(
        name: "labels.json", purpose: "the label vocabulary", analyses: [.labels])

    /// The label model.
    public static func labels(_ precision: Precision) -> ModelFile {
        ModelFile(
            name: "efficientnet_lite2_260_\(precision.rawValue).onnx", purpose: "the label model", analyses: [.labels])
    }

    /// The files that a machine of this precision needs at the least; other models add to what it sees.
    public static func all(precision: Precision) -> [ModelFile] {
        [runtime, labels(precision), vocabulary]
    }

    /// Whether a file is there.
    public struct Standing: Sendable, Equatable {
        /// The file.
        public let file: ModelFile
        /// Whether it is in the model folder.
        public let isPresent: Bool

        /// What to do about a missing file; `nil` when it is there.
        public var remedy: String? { isPresent ? nil : "run `make models` to get \(file.name)" }
    }
}
