internal import Domain
internal import Foundation
internal import Inference

/// What a face expresses, and whether it smiles. Both networks know `happy` well (a smile against the rest: area under the
/// curve 0.97) and the other expressions roughly.
///
/// Their confidences are calibrated on the 82 faces of the test photos that a crowd or a person named: 77 with one of
/// these expressions. Fitted to one half and judged by the other (by the SHA-256 of the file), the first network is right
/// nine times in ten where it is sure to 90 and more; by itself it was so six times in seven. Its `disgusted` was right in
/// none of eight cases. The mouth's width and its lifted corners, taken from the mesh, made smiles no surer: left out.
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

        /// How much less sure it is than it says: logarithms of its probabilities are divided by this.
        var temperature: Double {
            switch self {
            case .xception: 2.5
            case .miniXception: 1.5
            }
        }

        /// How sure a smile is, by the probability of `happy`. Only the slope is fitted: what is likelier stays so.
        var smile: LogisticCalibration {
            switch self {
            case .xception: LogisticCalibration(slope: 0.38, offset: 0)
            case .miniXception: LogisticCalibration(slope: 0.78, offset: 0)
            }
        }

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
            model = "face-expression@2"
        } catch {
            guard let session = try? InferenceSession(.miniXception, in: folder, runtime: runtime) else { throw error }
            self.session = session
            network = .miniXception
            model = "fer-mini-xception@2"
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
        let probabilities = zip(network.classes, answer?.values ?? []).map { ($0, Double($1)) }
        Self.describe(probabilities, by: network, in: &face)
    }

    /// Writes the expressions above the floor, surest first, and the smile.
    static func describe(_ probabilities: [(Face.Emotion.Kind, Double)], by network: Network, in face: inout Face) {
        let weights = probabilities.map { kind, probability in
            pow(max(probability, 1e-7), 1 / network.temperature) * (rare.contains(kind) ? rareness : 1)
        }
        let sum = weights.reduce(0, +)
        face.emotions = zip(probabilities, weights).map { Face.Emotion($0.0, confidence: percent($1 / sum)) }
            .filter { $0.confidence >= LabelLimits.floor }
            .sorted { $0.confidence > $1.confidence }
        face.smile = probabilities.first { $0.0 == .happy }.flatMap { Face.Trait(probability: network.smile($0.1)) }
    }

    /// What people rarely show to a camera, and both networks often see in wrinkles and shadows.
    private static let rare: Set<Face.Emotion.Kind> = [.disgusted, .fear]
    private static let rareness = exp(-3.0)
}
