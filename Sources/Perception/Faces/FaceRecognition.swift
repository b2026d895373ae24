internal import Domain
internal import Inference

/// What tells people's faces apart: dlib's face ResNet (Davis King; CC0). Where its conversion gives the two inner layers
/// too, this project's own small head reads age and gender out of them at hardly any cost.
struct FaceRecognition: FaceReader {
    let step = "recognition"
    let model: String
    /// Whether it says age and gender too.
    var readsAttributes: Bool { head != nil }

    private let session: InferenceSession
    private let head: InferenceSession?

    /// Loads the net, and the head where it is there and fits.
    init(runtime: InferenceRuntime, folder: ModelFolder, precision: Precision) throws(UnavailableError) {
        session = try InferenceSession(.faceRecognition(precision), in: folder, runtime: runtime)
        let feedsHead = Set(session.outputs).isSuperset(of: Self.headInputs.keys)
        head = feedsHead ? try? InferenceSession(.faceAttributes, in: folder, runtime: runtime) : nil
        let own = "dlib-resnet150-\(precision.rawValue)@1"
        model = head == nil ? own : own + "+face-attributes@1"
    }

    private static let headInputs = ["flat": [1, 256], "r12": [1, 256, 4, 4]]
    private static let headOutputs = ["age_low": [1], "age_high": [1], "gender_male_probability": [1]]

    func read(_ found: FoundFace, into face: inout Face) throws(LookFailure) {
        var shapes = ["embedding": [1, 128]]
        if head != nil { shapes.merge(Self.headInputs) { own, _ in own } }
        var answer = try session.answer(Tensor([found.chip]), shapes: shapes)
        face.vector = answer.removeValue(forKey: "embedding").map { FeatureVector($0.values) }
        guard let head else { return }
        let attributes = try head.answer(answer, shapes: Self.headOutputs).compactMapValues(\.values.first)
        if let low = attributes["age_low"], let high = attributes["age_high"] {
            face.ageRange = Face.AgeRange(from: Double(low), to: Double(high))
        }
        face.gender = attributes["gender_male_probability"].flatMap { Face.Trait(male: Double($0)) }
    }
}

extension Face.AgeRange {
    /// The whole years round a range; `nil` for one that is none.
    init?(from low: Double, to high: Double) {
        guard low.isFinite, high.isFinite, low <= high else { return nil }
        let years = 0.0...120.0
        self.init(
            low: Int(min(max(low.rounded(.down), years.lowerBound), years.upperBound)),
            high: Int(min(max(high.rounded(.up), years.lowerBound), years.upperBound)))
    }
}

extension Face.Trait<Face.Gender> {
    /// The likelier of the two; `nil` for a probability that is none.
    init?(male probability: Double) {
        guard (0...1).contains(probability) else { return nil }
        let isMale = probability >= 0.5
        self.init(isMale ? .male : .female, confidence: percent(isMale ? probability : 1 - probability))
    }
}

extension Face.Trait<Bool> {
    /// The likelier of yes and no; `nil` for a probability that is none.
    init?(probability: Double) {
        guard (0...1).contains(probability) else { return nil }
        let isTrue = probability >= 0.5
        self.init(isTrue, confidence: percent(isTrue ? probability : 1 - probability))
    }
}

/// A probability as 0…100 with two decimals.
func percent(_ probability: Double) -> Double {
    (min(max(probability, 0), 1) * 10_000).rounded() / 100
}
