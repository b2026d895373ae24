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

    /// The kind of numbers that the input at a place in `inputs` takes; this room gives floats and no other. `nil` when there
    /// is no such input. Throws `modelUnusable`.
    public func elementType(ofInput place: Int) throws(InferenceError) -> ElementType? {
        guard inputs.indices.contains(place) else { return nil }
        var type: Int32 = 0
        try runtime.api.call(orThrow: unusable) { onnxruntime_input_element_type(runtime.api, handle, place, &type) }
        return ElementType(rawValue: Int(type)) ?? .other
    }

    /// Kinds of numbers, as ONNX numbers them (`TensorProto.DataType`).
    public enum ElementType: Int, Sendable {
        case other = 0
        case float = 1
        case uint8 = 2
        case float16 = 10
    }

    private func unusable(_ reason: String) -> InferenceError {
        .modelUnusable(path: model, reason: reason)
    }
}
