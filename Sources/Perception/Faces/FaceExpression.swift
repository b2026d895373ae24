internal import Domain
internal import Inference

/// What a face expresses, and whether it smiles. Both models know `happy` well (a smile against the rest: area under the
/// curve 0.97 with the first) and the other expressions roughly.
struct FaceExpression: FaceReader {
    let step = "expression"
    let model: String

    private let session: InferenceSession
    private let network: Network

    /// The two networks that can answer.
    enum Network: CaseIterable {
        /// An Xception of face-api.js (MIT): colour, 112 pixels.
        case xception
        /// mini-XCEPTION (Arriaga, Valdenegro, Plöger, 2017; MIT): grey, 64 pixels.
        case miniXception

        /// The expressions in the order of its output.
        var classes: [Face.Emotion.Kind] {
            switch self {
            case .xception: [.calm, .happy, .sad, .angry, .fear, .disgusted, .surprised]
            case .miniXception: [.angry, .disgusted, .fear, .happy, .sad, .surprised, .calm]
            }
        }
    }

    /// Loads the first network that is there; throws what is wrong with the first of all when none is.
    init(runtime: InferenceRuntime, folder: ModelFolder) throws(UnavailableError) {
        do throws(UnavailableError) {
            session = try InferenceSession(.faceExpression, in: folder, runtime: runtime)
            network = .xception
            model = "face-expression@1"
        } catch {
            guard let session = try? InferenceSession(.miniXception, in: folder, runtime: runtime) else { throw error }
            self.session = session
            network = .miniXception
            model = "fer-mini-xception@1"
        }
    }

    func read(_ found: FoundFace, into face: inout Face) throws(LookFailure) {
        let answer: Tensor?
        switch network {
        case .xception:
            answer = try session.answer(Tensor([found.square(1, side: 112)]), shapes: ["probs": [1, 7]])["probs"]
        case .miniXception:
            let grey = Tensor(grey: found.square(1.1, side: 64), mean: 127.5, scale: 1 / 127.5)
            answer = try session.answer(grey, shapes: ["probabilities": [1, 7]])["probabilities"]
        }
        Self.describe(zip(network.classes, answer?.values ?? []).map { ($0, Double($1)) }, in: &face)
    }

    /// Writes the expressions above the floor, surest first, and the smile.
    static func describe(_ probabilities: [(Face.Emotion.Kind, Double)], in face: inout Face) {
        face.emotions = probabilities.map { Face.Emotion($0, confidence: percent($1)) }
            .filter { $0.confidence >= LabelLimits.floor }
            .sorted { $0.confidence > $1.confidence }
        face.smile = probabilities.first { $0.0 == .happy }.flatMap { Face.Trait(probability: $0.1) }
    }
}
