import Foundation

/// Where the tests that run models find ONNX Runtime: FOVEA_MODELS, else `models` at the root of the package.
enum Installation {
    static let library: String = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = ProcessInfo.processInfo.environment["FOVEA_MODELS"] ?? root.appending(path: "models").path
        return folder + "/libonnxruntime.so"
    }()

    /// Without `make models` there is nothing to test these with; the suites that need it say so.
    static let isPresent = FileManager.default.fileExists(atPath: library)
}
