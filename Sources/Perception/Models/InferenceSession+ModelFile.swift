internal import Foundation
internal import Inference

extension InferenceSession {
    /// Loads a model of the folder. Throws when it is missing or unusable, with the remedy.
    convenience init(_ file: ModelFile, in folder: ModelFolder, runtime: InferenceRuntime) throws(UnavailableError) {
        guard FileManager.default.fileExists(atPath: folder.path(of: file)) else {
            throw UnavailableError(missing: file, in: folder)
        }
        do {
            try self.init(runtime, model: folder.path(of: file))
        } catch {
            throw UnavailableError(error)
        }
    }

    /// Runs the model on one tensor; throws when it fails, or when it does not give an output of the shape expected of
    /// it.
    func answer(_ input: Tensor, shapes: [String: [Int]]) throws(LookFailure) -> [String: Tensor] {
        try answer([inputs.first ?? "": input], shapes: shapes)
    }

    /// The same for a model with several inputs, by their names.
    func answer(_ tensors: [String: Tensor], shapes: [String: [Int]]) throws(LookFailure) -> [String: Tensor] {
        let answer: [String: Tensor]
        do {
            answer = try run(tensors, wanted: shapes.keys.sorted())
        } catch {
            throw LookFailure(description: error.description)
        }
        for (name, shape) in shapes where answer[name]?.shape != shape {
            throw LookFailure(
                description: "the output \(name) has the shape \(answer[name]?.shape ?? []), expected was \(shape)")
        }
        return answer
    }
}
