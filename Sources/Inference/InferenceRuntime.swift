internal import COnnxRuntime
import Foundation

/// ONNX Runtime, opened from its shared library. One serves any number of sessions on any number of threads.
///
/// `@unchecked Sendable`: its handles are never changed after `init`, and ONNX Runtime allows their use on all threads.
public final class InferenceRuntime: @unchecked Sendable {
    /// The library's own version, `1.31.1`.
    public let version: String

    let api: OpaquePointer
    let environment: OpaquePointer
    let memory: OpaquePointer

    /// Opens the library at `path`. Throws `libraryUnusable` or `libraryUnsupported`.
    public convenience init(library path: String) throws(InferenceError) {
        try self.init(library: path, apiVersion: onnxruntime_api_version)
    }

    init(library path: String, apiVersion: UInt32) throws(InferenceError) {
        let library = onnxruntime_open(path, apiVersion)
        guard let version = library.version.map({ String(cString: $0) }) else {
            let reason = library.problem.map { String(cString: $0) } ?? "it is no ONNX Runtime"
            throw .libraryUnusable(path: path, reason: reason)
        }
        guard let api = library.api else {
            throw .libraryUnsupported(path: path, version: version, wanted: apiVersion)
        }
        let unusable = { (reason: String) in InferenceError.libraryUnusable(path: path, reason: reason) }
        let errorsOnly: Int32 = 3
        Self.lock.lock()
        defer { Self.lock.unlock() }
        environment = try api.make(orThrow: unusable) { onnxruntime_create_env(api, errorsOnly, "fovea", &$0) }
        memory = try api.make(orThrow: unusable) { onnxruntime_create_cpu_memory_info(api, &$0) }
        self.version = version
        self.api = api
    }

    /// ONNX Runtime has one environment a process, which all runtimes share, and cannot make one while it takes the last
    /// one down. So one is made at a time, and none is released: it holds a logger and no threads.
    private static let lock = NSLock()

    deinit {
        onnxruntime_release_memory_info(api, memory)
    }
}
