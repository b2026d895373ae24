internal import Domain
internal import Foundation
internal import Inference

/// What kind of picture it is: outdoors or indoors, a landscape, a portrait, a page, a drawing … A linear head on what the
/// label network makes of the picture, trained by this project: `Models/own/kinds`.
struct PictureKinds: Sendable {
    private let session: InferenceSession
    private let names: [String]

    /// Loads the head. Throws when it is missing, or does not say what its answers are called.
    init(runtime: InferenceRuntime, folder: ModelFolder) throws(UnavailableError) {
        session = try InferenceSession(.pictureKinds, in: folder, runtime: runtime)
        let stored: String?
        do {
            stored = try session.metadata("names")
        } catch {
            throw UnavailableError(error)
        }
        let names = stored.flatMap { try? JSONDecoder().decode([String].self, from: Data($0.utf8)) }
        guard let names, !names.isEmpty else {
            throw UnavailableError(
                description: "\(ModelFile.pictureKinds.name) does not name its kinds; run `make models` to get it anew")
        }
        self.names = names
    }

    /// How likely the picture is of each kind, as log odds: 0 is as likely as not. A picture may be of several kinds.
    func logOdds(of feature: FeatureVector) throws(LookFailure) -> [String: Double] {
        let input = Tensor(shape: [1, feature.values.count], values: feature.values)
        let answer = try session.answer(["feature": input], shapes: ["logits": [1, names.count]])
        let values = (answer["logits"]?.values ?? []).map { Double($0) }
        guard values.allSatisfy(\.isFinite) else {
            throw LookFailure(description: "the model for kinds of pictures answered with something that is no number")
        }
        return Dictionary(zip(names, values), uniquingKeysWith: { first, _ in first })
    }
}
