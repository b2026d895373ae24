internal import Domain
internal import Foundation
internal import Inference

/// What is in the picture: EfficientNet-Lite2 on two views, its classes summed up to everyday labels.
struct LabelTask: AnalysisTask {
    let kind = AnalysisKind.labels
    let model: String

    private let session: InferenceSession
    private let vocabulary: Vocabulary

    /// The square in the middle that the model was trained on, and a closer look at its middle. The scores of both are
    /// averaged: what only one of them seems to see is mostly not there.
    ///
    /// Measured by eye on about 100 everyday, odd and meaningless pictures, none of them ImageNet's, by the most specific
    /// label of 75 or more: the first view alone (temperature 0.65) is right on 30 and wrong on 15, both together
    /// (temperature 0.62) right on 33 and wrong on 11, for another 8 ms. The same pictures chose and scored the two
    /// settings, and one person judged them: a choice with a reason, no held-out figure.
    let views = [
        PictureView(name: "labels", part: .centreSquare(share: 260.0 / 292), side: 260),
        PictureView(name: "labels-close", part: .centreSquare(share: 0.6), side: 260),
    ]

    /// How much the scores are sharpened before they are added up. The model was trained to be modest (label smoothing), so
    /// that at 1 an unmistakable cat has 85 and a palace 55 as building.
    ///
    /// Chosen on the pictures told of above. At 0.62 (int8): cat 100, coffee 100, a palace 96 as building, a hound 98 as
    /// dog, an eagle 98 as bird, laptop 92, a quokka 94 as mammal, a rocket at night 80, a motorcycle half in view 96 as
    /// vehicle and 61 as motorcycle; texture, dark and plain pictures have nothing above 75. At 0.7 the rocket falls to 67
    /// and a lighthouse to 74; at 0.5 a galaxy field becomes 75 bubbles, a flower 86 honeycomb, a test figure 81 toilet seat.
    static let temperature = 0.62

    /// Loads the model and the vocabulary. Throws when one is missing or unusable.
    init(runtime: InferenceRuntime, folder: ModelFolder, precision: Precision) throws(UnavailableError) {
        let file = ModelFile.labels(precision)
        for needed in [file, .vocabulary] where !FileManager.default.fileExists(atPath: folder.path(of: needed)) {
            throw UnavailableError(missing: needed, in: folder)
        }
        vocabulary = try Vocabulary(json: FileManager.default.contents(atPath: folder.path(of: .vocabulary)) ?? Data())
        do {
            session = try InferenceSession(runtime, model: folder.path(of: file))
        } catch {
            throw UnavailableError(error)
        }
        model = "efficientnet-lite2-\(precision.rawValue)@1"
    }

    func look(
        at picture: DecodedPicture, into analysis: inout Analysis, watch: Stopwatch
    ) throws(LookFailure) {
        var pictures: [Pixels] = []
        for view in views {
            pictures.append(try picture.pixels(of: view))
        }
        let (logits, feature) = try answer(to: pictures)
        analysis.labels = vocabulary.labels(probabilities: try probabilities(from: logits))
        analysis.vector = feature
    }

    /// Pictures as EfficientNet-Lite was trained on them.
    static func tensor(of pictures: [Pixels]) -> Tensor {
        Tensor(pictures, mean: SIMD3(repeating: 127), scale: SIMD3(repeating: 1 / 128))
    }

    /// The scores of the classes for each view, and what the network makes of the first.
    private func answer(to pictures: [Pixels]) throws(LookFailure) -> (logits: Tensor, feature: FeatureVector?) {
        let answer: [String: Tensor]
        do {
            answer = try session.run(["image": Self.tensor(of: pictures)], wanted: ["logits", "feature"])
        } catch {
            throw LookFailure(description: error.description)
        }
        let classes = vocabulary.classCount
        guard let logits = answer["logits"], logits.shape == [pictures.count, classes],
            let feature = answer["feature"], feature.shape.count == 2, feature.shape[0] == pictures.count
        else {
            throw LookFailure(description: "the label model does not have the vocabulary's \(classes) classes")
        }
        return (logits, FeatureVector(Array(feature.values.prefix(feature.shape[1]))))
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
