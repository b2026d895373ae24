internal import COnnxRuntime

/// A tensor in ONNX Runtime's hands; released with this object.
final class TensorValue {
    let handle: OpaquePointer
    private let api: OpaquePointer

    /// Takes over a value that ONNX Runtime gave.
    init(owning handle: OpaquePointer, api: OpaquePointer) {
        self.handle = handle
        self.api = api
    }

    /// Lays a tensor over `values` without copying them; they must outlive this object.
    convenience init(
        over values: UnsafeBufferPointer<Float>, shape: [Int], runtime: InferenceRuntime,
        orThrow error: (String) -> InferenceError
    ) throws(InferenceError) {
        guard let start = values.baseAddress else { throw error("a tensor without values cannot be looked at") }
        let api = runtime.api
        let lengths = shape.map(Int64.init)
        let handle = try api.make(orThrow: error) {
            onnxruntime_create_float_tensor(api, runtime.memory, start, values.count, lengths, lengths.count, &$0)
        }
        self.init(owning: handle, api: api)
    }

    deinit {
        onnxruntime_release_value(api, handle)
    }

    /// Copies the tensor out.
    func tensor(orThrow error: (String) -> InferenceError) throws(InferenceError) -> Tensor {
        let shape = try shape(orThrow: error)
        var start: UnsafeRawPointer?
        try api.call(orThrow: error) { onnxruntime_tensor_data(api, handle, &start) }
        let count = shape.reduce(1, *)
        let values = UnsafeBufferPointer(
            start: start?.assumingMemoryBound(to: Float.self), count: start == nil ? 0 : count)
        guard values.count == count else { throw error("an output holds no values") }
        return Tensor(shape: shape, values: Array(values))
    }

    private func shape(orThrow error: (String) -> InferenceError) throws(InferenceError) -> [Int] {
        let info = try api.make(orThrow: error) { onnxruntime_tensor_info(api, handle, &$0) }
        defer { onnxruntime_release_tensor_info(api, info) }
        var type: Int32 = 0
        try api.call(orThrow: error) { onnxruntime_tensor_element_type(api, info, &type) }
        let float: Int32 = 1
        guard type == float else { throw error("an output is not of type float but of ONNX type \(type)") }
        var rank = 0
        try api.call(orThrow: error) { onnxruntime_tensor_rank(api, info, &rank) }
        var lengths = [Int64](repeating: 0, count: rank)
        try api.call(orThrow: error) { onnxruntime_tensor_shape(api, info, &lengths, rank) }
        return lengths.map(Int.init)
    }
}
