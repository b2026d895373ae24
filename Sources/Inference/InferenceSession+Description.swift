internal import COnnxRuntime

extension InferenceSession {
    /// What the model's maker wrote into the file under a key, for example the names of its classes; `nil` when nothing.
    /// Throws `modelUnusable`.
    public func metadata(_ key: String) throws(InferenceError) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        try runtime.api.call(orThrow: unusable) { onnxruntime_metadata(runtime.api, handle, key, &text) }
        guard let text else { return nil }
        defer { onnxruntime_free_text(runtime.api, text) }
        return String(cString: text)
    }

    /// The lengths of the axes of the input at a place in `inputs`; `nil` for those that are free. Empty when there is no
    /// such input. Throws `modelUnusable`.
    public func shape(ofInput place: Int) throws(InferenceError) -> [Int?] {
        guard inputs.indices.contains(place) else { return [] }
        // ONNX sets no limit; tensors of more than a handful of axes are rare.
        var lengths = [Int64](repeating: 0, count: 16)
        var rank = 0
        try runtime.api.call(orThrow: unusable) {
            onnxruntime_input_shape(runtime.api, handle, place, &lengths, lengths.count, &rank)
        }
        return lengths.prefix(rank).map { $0 < 0 ? nil : Int($0) }
    }

    private func unusable(_ reason: String) -> InferenceError {
        .modelUnusable(path: model, reason: reason)
    }
}
