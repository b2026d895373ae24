import Foundation
import Testing

@testable import Inference

@Suite("Opening ONNX Runtime")
struct InferenceRuntimeTests {
    @Test("A missing library is named, with the remedy")
    func missing() {
        let error = #expect(throws: InferenceError.self) {
            try InferenceRuntime(library: "/nowhere/libonnxruntime.so")
        }
        guard case .libraryUnusable(let path, let reason) = error else {
            Issue.record("wrong error: \(String(describing: error))")
            return
        }
        #expect(path == "/nowhere/libonnxruntime.so")
        #expect(reason.contains("No such file"))
        #expect(error?.description.contains("make models") == true)
    }

    @Test("Another library is not mistaken for ONNX Runtime")
    func another() {
        let error = #expect(throws: InferenceError.self) { try InferenceRuntime(library: "libc.so.6") }
        #expect(error?.description.contains("OrtGetApiBase") == true)
    }

    @Test("A file that is no library is refused")
    func notALibrary() throws {
        try TinyModel.withFile { path in
            #expect(throws: InferenceError.self) { try InferenceRuntime(library: path) }
        }
    }

    // Needs `make models`.
    @Test("The installed library opens and says its version", .enabled(if: Installation.isPresent))
    func installed() throws {
        let runtime = try InferenceRuntime(library: Installation.library)
        #expect(runtime.version.wholeMatch(of: /1\.\d+\.\d+/) != nil)
    }

    // Needs `make models`.
    @Test("It may be opened and let go on many threads at once", .enabled(if: Installation.isPresent))
    func concurrently() async throws {
        try await withThrowingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<50 { _ = try InferenceRuntime(library: Installation.library) }
                }
            }
            try await group.waitForAll()
        }
    }

    // Needs `make models`.
    @Test("A version that the library does not have is an error", .enabled(if: Installation.isPresent))
    func unsupported() {
        let error = #expect(throws: InferenceError.self) {
            try InferenceRuntime(library: Installation.library, apiVersion: 100_000)
        }
        guard case .libraryUnsupported(Installation.library, _, wanted: 100_000) = error else {
            Issue.record("wrong error: \(String(describing: error))")
            return
        }
    }
}
