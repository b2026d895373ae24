internal import Domain
internal import Foundation
internal import Inference

/// What is in the picture: EfficientNet-Lite2 on three views, and what kind of picture it is, out of the same network.
struct LabelTask: AnalysisTask {
    let kind = AnalysisKind.labels
    let model: String

    let gaps: [String]

    private let session: InferenceSession
    private let kinds: PictureKinds?
    private let classCount: Int

    /// The square in the middle that the model was trained on, a closer look at its middle, and the whole picture squeezed
    /// into a square. The scores are averaged: what only one of them seems to see is mostly not there.
    ///
    /// On 766 labels of 200 everyday, odd and meaningless pictures, each judged by a person, on pictures that the
    /// constants of merging had not seen: with the first view alone 22 % of the right labels are found at nine in ten right,
    /// with the first two 26 %, with these three 32 %, with six (also both ends of the longer side, and letterboxed) 27 to
    /// 34 %, by how they are combined.
    let views = [
        PictureView(name: "labels", part: .centreSquare(share: 260.0 / 292), side: 260),
        PictureView(name: "labels-close", part: .centreSquare(share: 0.6), side: 260),
        PictureView(name: "labels-whole", part: .stretched, side: 260),
    ]

    /// How much the scores are sharpened before they are added up. The model was trained to be modest (label smoothing). What
    /// the sums are worth is for `LabelMerging` to say, which was fitted with this; at 0.8 and 1 it does as well.
    static let temperature = 0.62

    /// Loads the model, for a vocabulary of so many classes, and the head for kinds of pictures, without which it works as
    /// well as it can. Throws when the model is missing or unusable.
    init(
        runtime: InferenceRuntime, folder: ModelFolder, precision: Precision, classCount: Int
    ) throws(UnavailableError) {
        session = try InferenceSession(.labels(precision), in: folder, runtime: runtime)
        self.classCount = classCount
        var gaps: [String] = []
        do throws(UnavailableError) {
            kinds = try PictureKinds(runtime: runtime, folder: folder)
        } catch {
            kinds = nil
            gaps.append(error.description)
        }
        self.gaps = gaps
        model = "efficientnet-lite2-\(precision.rawValue)@2" + (kinds == nil ? "" : "+kinds@1")
    }

    func look(
        at picture: DecodedPicture, into analysis: inout Analysis, evidence: inout Evidence, watch: Stopwatch
    ) throws(LookFailure) {
        var pictures: [Pixels] = []
        for view in views {
            pictures.append(try picture.pixels(of: view))
        }
        let (logits, feature) = try answer(to: pictures)
        evidence.classes = try probabilities(from: logits)
        evidence.kinds = try kinds?.logOdds(of: feature) ?? [:]
        analysis.vector = feature
    }

    /// Pictures as EfficientNet-Lite was trained on them.
    static func tensor(of pictures: [Pixels]) -> Tensor {
        Tensor(pictures, mean: SIMD3(repeating: 127), scale: SIMD3(repeating: 1 / 128))
    }

    /// The scores of the classes for each view, and what the network makes of all of them together.
    private func answer(to pictures: [Pixels]) throws(LookFailure) -> (logits: Tensor, feature: FeatureVector) {
        let answer: [String: Tensor]
        do {
            answer = try session.run(["image": Self.tensor(of: pictures)], wanted: ["logits", "feature"])
        } catch {
            throw LookFailure(description: error.description)
        }
        guard let logits = answer["logits"], logits.shape == [pictures.count, classCount],
            let feature = answer["feature"], feature.shape.count == 2, feature.shape[0] == pictures.count
        else {
            throw LookFailure(description: "the label model does not have the vocabulary's \(classCount) classes")
        }
        let width = feature.shape[1]
        let each = pictures.indices.map { FeatureVector(Array(feature.values[$0 * width..<($0 + 1) * width])) }
        return (logits, FeatureVector(between: each))
    }

    private func probabilities(from logits: Tensor) throws(LookFailure) -> [Double] {
        let (views, classes) = (logits.shape[0], logits.shape[1])
        let scores = (0..<classes).map { number in
            (0..<views).reduce(Float(0)) { $0 + logits.values[$1 * classes + number] } / Float(views)
        }
        guard let probabilities = softmax(scores, temperature: Self.temperature) else {
            throw LookFailure(description: "the label model answered with something that is no number")
        }
        return probabilities
    }
}
