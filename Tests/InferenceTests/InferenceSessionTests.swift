import Foundation
import Inference
import Testing

// Needs `make models`: everything here runs the real library on a model of one addition.
@Suite("Running a model", .enabled(if: Installation.isPresent))
struct InferenceSessionTests {
    let a = Tensor(shape: [2, 3], values: [1, 2, 3, 4, 5, 6])
    let b = Tensor(shape: [2, 3], values: [10, 20, 30, 40, 50, 60])

    func session(_ content: Data = TinyModel.addition(), threads: Int = 1) throws -> InferenceSession {
        let runtime = try InferenceRuntime(library: Installation.library)
        return try TinyModel.withFile(content) { try InferenceSession(runtime, model: $0, threads: threads) }
    }

    @Test("The names of inputs and outputs are the model's")
    func names() throws {
        let session = try session()
        #expect(session.inputs == ["a", "b"])
        #expect(session.outputs == ["y"])
    }

    @Test("It adds", arguments: [1, 2])
    func adds(threads: Int) throws {
        let answer = try session(threads: threads).run(["a": a, "b": b])
        #expect(answer == ["y": Tensor(shape: [2, 3], values: [11, 22, 33, 44, 55, 66])])
    }

    @Test("The inputs are left as they were")
    func untouched() throws {
        let before = a
        _ = try session().run(["a": a, "b": b])
        #expect(a == before)
    }

    @Test("One tensor may serve as two inputs")
    func shared() throws {
        #expect(try session().run(["a": a, "b": a])["y"]?.values == [2, 4, 6, 8, 10, 12])
    }

    @Test("A free axis takes any length")
    func freeAxis() throws {
        let session = try session()
        for rows in [1, 7, 64] {
            let tensor = Tensor(shape: [rows, 3], values: (0..<rows * 3).map(Float.init))
            #expect(try session.run(["a": tensor, "b": tensor])["y"]?.shape == [rows, 3])
        }
    }

    @Test("What ONNX Runtime refuses comes back with its reason")
    func refused() throws {
        let session = try session()
        let wrong: [([String: Tensor], [String]?, String)] = [
            (["a": a], nil, "b"),
            (["a": a, "c": b], nil, "c"),
            (["a": a, "b": Tensor(shape: [2, 2], values: [1, 2, 3, 4])], nil, "b"),
            (["a": a, "b": b], ["z"], "z"),
            (["a": a, "b": Tensor(shape: [0, 3], values: [])], nil, "Add"),
        ]
        for (tensors, wanted, part) in wrong {
            let error = #expect(throws: InferenceError.self) { try session.run(tensors, wanted: wanted) }
            guard case .runFailed(_, let reason) = error else {
                Issue.record("wrong error: \(String(describing: error))")
                continue
            }
            #expect(reason.contains(part))
        }
        #expect(try session.run(["a": a, "b": b])["y"]?.values.first == 11, "a failed run spoils nothing")
    }

    @Test("An output that is not float is refused, not misread")
    func integers() throws {
        let session = try session(TinyModel.addition(element: 7))
        #expect(throws: InferenceError.self) { try session.run(["a": a, "b": b]) }
    }

    @Test("A model that is missing, damaged or of unknown operations cannot be loaded")
    func unusable() throws {
        let runtime = try InferenceRuntime(library: Installation.library)
        let missing = #expect(throws: InferenceError.self) {
            try InferenceSession(runtime, model: "/nowhere/model.onnx")
        }
        #expect(missing?.description.contains("/nowhere/model.onnx") == true)
        #expect(missing?.description.contains("make models") == true)
        let whole = TinyModel.addition()
        let contents = [Data(), Data("no model".utf8), whole.dropLast(9), TinyModel.addition(operation: "Guess")]
        for content in contents {
            #expect(throws: InferenceError.self) { try session(Data(content)) }
        }
    }

    @Test("One session serves many threads at once")
    func concurrent() async throws {
        let session = try session()
        let answers = try await withThrowingTaskGroup(of: (Int, [Float]?).self) { group in
            for number in 0..<200 {
                group.addTask {
                    let tensor = Tensor(shape: [1, 3], values: [Float(number), 1, 2])
                    return (number, try session.run(["a": tensor, "b": tensor])["y"]?.values)
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        #expect(answers.count == 200)
        #expect(answers.allSatisfy { $1 == [Float(2 * $0), 2, 4] })
    }
}
