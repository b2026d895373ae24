internal import COnnxRuntime

extension InferenceSession {
    /// Runs the model: tensors by input name in, tensors by output name out. The inputs are read where they lie.
    ///
    /// With `wanted`, only those outputs are worked out and copied. Throws `runFailed` with ONNX Runtime's reason, for
    /// example for a name it does not know or a shape that does not fit.
    public func run(
        _ tensors: [String: Tensor], wanted: [String]? = nil
    ) throws(InferenceError) -> [String: Tensor] {
        let names = wanted ?? outputs
        let given = Array(tensors)
        let results = try withValues(of: given[...], []) { values throws(InferenceError) in
            try run(given.map(\.key), values, names)
        }
        var answer: [String: Tensor] = [:]
        for (name, value) in zip(names, results) {
            answer[name] = try value.tensor(orThrow: failure)
        }
        return answer
    }

    private func failure(_ reason: String) -> InferenceError {
        .runFailed(model: model, reason: reason)
    }

    /// Lends all tensors to `body`, one inside the other, so that none is copied.
    private func withValues(
        of tensors: ArraySlice<(key: String, value: Tensor)>, _ lent: [TensorValue],
        _ body: ([TensorValue]) throws(InferenceError) -> [TensorValue]
    ) throws(InferenceError) -> [TensorValue] {
        guard let tensor = tensors.first?.value else { return try body(lent) }
        return try tensor.values.withUnsafeBufferPointer { buffer throws(InferenceError) in
            let value = try TensorValue(over: buffer, shape: tensor.shape, runtime: runtime, orThrow: failure)
            return try withValues(of: tensors.dropFirst(), lent + [value], body)
        }
    }

    private func run(
        _ inputNames: [String], _ inputs: [TensorValue], _ outputNames: [String]
    ) throws(InferenceError) -> [TensorValue] {
        let values = inputs.map(\.handle)
        var results = [OpaquePointer?](repeating: nil, count: outputNames.count)
        try withExtendedLifetime(inputs) { () throws(InferenceError) in
            try runtime.api.call(orThrow: failure) {
                withCStrings(inputNames) { inputNames in
                    withCStrings(outputNames) { outputNames in
                        onnxruntime_run(
                            runtime.api, handle, inputNames, values, values.count, outputNames, outputNames.count,
                            &results)
                    }
                }
            }
        }
        return results.compactMap { $0.map { TensorValue(owning: $0, api: runtime.api) } }
    }
}
