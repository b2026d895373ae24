/// Why a model cannot be used or did not answer.
public enum InferenceError: Error, Sendable, Equatable, CustomStringConvertible {
    /// There is no usable library at this path; `reason` is what the dynamic loader says.
    case libraryUnusable(path: String, reason: String)
    /// The library is ONNX Runtime, but does not know the version of its interface that is wanted here.
    case libraryUnsupported(path: String, version: String, wanted: UInt32)
    /// The model cannot be loaded; `reason` is what ONNX Runtime says.
    case modelUnusable(path: String, reason: String)
    /// The model was run and failed; `reason` is what ONNX Runtime says.
    case runFailed(model: String, reason: String)

    /// What happened and what to do about it.
    public var description: String {
        switch self {
        case .libraryUnusable(let path, let reason):
            "cannot open ONNX Runtime at \(path): \(reason); `make models` puts it there"
        case .libraryUnsupported(let path, let version, let wanted):
            "ONNX Runtime \(version) at \(path) has no version \(wanted) of its interface; `make models` fetches one"
        case .modelUnusable(let path, let reason):
            "cannot load the model \(path): \(reason); `make models` makes it anew"
        case .runFailed(let model, let reason):
            "the model \(model) failed: \(reason)"
        }
    }
}
