internal import Domain
internal import Inference

/// Judges a picture as a whole: NSFW MobileNet (Infinite Red, MIT). <https://github.com/infinitered/nsfwjs>
struct PictureJudge: Sendable {
    static let model = "nsfw-mobilenet-int8@1"

    private let session: InferenceSession
    private static let side = 224

    init(runtime: InferenceRuntime, folder: ModelFolder) throws(UnavailableError) {
        session = try InferenceSession(.nsfw, in: folder, runtime: runtime)
    }

    /// What it makes of a picture.
    func verdict(on picture: Pixels) throws(LookFailure) -> Verdict {
        let square = picture.resampled(width: Self.side, height: Self.side)
        let name = session.outputs.first ?? ""
        let answer = try session.answer(
            Tensor([square], scale: SIMD3(repeating: 1 / 255)), shapes: [name: [1, 5]])
        guard let verdict = Verdict((answer[name]?.values ?? []).map(Double.init)) else {
            throw LookFailure(description: "the picture judge answered with something that is no number")
        }
        return verdict
    }

    /// How likely a picture is of a kind, each 0…1.
    struct Verdict: Sendable, Equatable {
        /// Pornography, photographed or drawn.
        var explicit: Double
        /// Meant to arouse without being that.
        var suggestive: Double

        init(explicit: Double, suggestive: Double) {
            self.explicit = explicit
            self.suggestive = suggestive
        }

        /// Reads the network's five classes: drawing, drawn pornography, neutral, pornography, suggestive. `nil` for what
        /// is not that.
        init?(_ probabilities: [Double]) {
            guard probabilities.count == 5, probabilities.allSatisfy(\.isFinite) else { return nil }
            self.init(explicit: min(probabilities[1] + probabilities[3], 1), suggestive: probabilities[4])
        }
    }
}
