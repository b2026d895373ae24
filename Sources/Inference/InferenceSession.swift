internal import COnnxRuntime

/// A model, loaded and ready. Any number of threads may run one at the same time.
///
/// `@unchecked Sendable`: the handle never changes after `init`, and ONNX Runtime allows concurrent runs of a session.
public final class InferenceSession: @unchecked Sendable {
    /// The names of what goes in.
    public let inputs: [String]
    /// The names of what comes out.
    public let outputs: [String]

    let runtime: InferenceRuntime
    let handle: OpaquePointer
    let model: String

    /// Loads the ONNX file at `path`. Throws `modelUnusable` with ONNX Runtime's reason.
    ///
    /// One thread for each run is the default because Fovea looks at several pictures at once: on two cores two callers
    /// of one thread each do half as much again as one caller of two threads.
    public init(_ runtime: InferenceRuntime, model path: String, threads: Int = 1) throws(InferenceError) {
        let api = runtime.api
        let unusable = { (reason: String) in InferenceError.modelUnusable(path: path, reason: reason) }
        let options = try api.make(orThrow: unusable) { onnxruntime_create_session_options(api, &$0) }
        defer { onnxruntime_release_session_options(api, options) }
        try api.call(orThrow: unusable) { onnxruntime_set_intra_op_threads(api, options, Int32(clamping: threads)) }
        try api.call(orThrow: unusable) { onnxruntime_set_inter_op_threads(api, options, 1) }
        // An arena of its own would keep the most that a model ever needed, for each model.
        try api.call(orThrow: unusable) { onnxruntime_disable_arena(api, options) }
        // Waiting threads that spin take the cores away from the other lanes.
        try api.call(orThrow: unusable) {
            onnxruntime_add_session_config(api, options, "session.intra_op.allow_spinning", "0")
        }
        let handle = try api.make(orThrow: unusable) {
            onnxruntime_create_session(api, runtime.environment, path, options, &$0)
        }
        do throws(InferenceError) {
            inputs = try api.names(
                orThrow: unusable, count: { onnxruntime_input_count(api, handle, &$0) },
                name: { onnxruntime_input_name(api, handle, $0, $1, $2) })
            outputs = try api.names(
                orThrow: unusable, count: { onnxruntime_output_count(api, handle, &$0) },
                name: { onnxruntime_output_name(api, handle, $0, $1, $2) })
        } catch {
            onnxruntime_release_session(api, handle)
            throw error
        }
        self.runtime = runtime
        self.handle = handle
        model = path
    }

    deinit {
        onnxruntime_release_session(runtime.api, handle)
    }
}

extension OpaquePointer {
    fileprivate func names(
        orThrow error: (String) -> InferenceError, count: (inout Int) -> OpaquePointer?,
        name: (Int, UnsafeMutablePointer<CChar>, Int) -> OpaquePointer?
    ) throws(InferenceError) -> [String] {
        var total = 0
        try call(orThrow: error) { count(&total) }
        var names: [String] = []
        for index in 0..<total {
            // ONNX sets no limit to a name; those that people give fit many times over.
            var text = [CChar](repeating: 0, count: 1024)
            try call(orThrow: error) {
                text.withUnsafeMutableBufferPointer { buffer in
                    buffer.baseAddress.flatMap { name(index, $0, buffer.count) }
                }
            }
            names.append(String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
        }
        return names
    }
}
