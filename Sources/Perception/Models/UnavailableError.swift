internal import Inference

/// Why an analysis cannot be offered at all on this machine.
struct UnavailableError: Error, CustomStringConvertible {
    let description: String
}

extension UnavailableError {
    init(missing file: ModelFile, in folder: ModelFolder) {
        self.init(description: "\(file.purpose) is missing at \(folder.path(of: file)); run `make models`")
    }

    init(_ error: InferenceError) {
        self.init(description: error.description)
    }
}
