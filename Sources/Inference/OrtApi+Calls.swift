internal import COnnxRuntime

/// Calls through ONNX Runtime's table of functions, with its status turned into an error.
extension OpaquePointer {
    /// Makes one call; throws what `error` makes of the message when the status is not NULL.
    func call(
        orThrow error: (String) -> InferenceError, _ body: () -> OpaquePointer?
    ) throws(InferenceError) {
        guard let status = body() else { return }
        defer { onnxruntime_release_status(self, status) }
        throw error(String(cString: onnxruntime_status_message(self, status)))
    }

    /// Makes one call that gives a handle, which the caller then owns.
    func make(
        orThrow error: (String) -> InferenceError, _ body: (inout OpaquePointer?) -> OpaquePointer?
    ) throws(InferenceError) -> OpaquePointer {
        var handle: OpaquePointer?
        try call(orThrow: error) { body(&handle) }
        guard let handle else { throw error("ONNX Runtime gave neither a result nor an error") }
        return handle
    }
}
