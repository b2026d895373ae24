internal import Domain
internal import Inference

/// Age and gender by themselves, for where the head of the recognition net is missing: an Xception (Vincent Mühler's
/// face-api.js; MIT).
struct AgeGender: FaceReader {
    let step = "age-gender"
    let model = "age-gender-xception@1"

    private let session: InferenceSession

    init(runtime: InferenceRuntime, folder: ModelFolder) throws(UnavailableError) {
        session = try InferenceSession(.ageGender, in: folder, runtime: runtime)
    }

    func read(_ found: FoundFace, into face: inout Face) throws(LookFailure) {
        let crop = found.square(1, side: 112)
        let answer = try session.answer(Tensor([crop]), shapes: ["age": [1, 1], "gender": [1, 2]])
        if let age = answer["age"]?.values.first { face.ageRange = Self.range(age: Double(age)) }
        face.gender = answer["gender"]?.values.first.flatMap { Face.Trait(male: Double($0)) }
    }

    /// Where four of five people of that apparent age lie: the model's mean error grows from half a year for babies to
    /// about seven years from 35 on.
    static func range(age: Double) -> Face.AgeRange? {
        let half = min(1 + max(age, 0) / 3, 11)
        return Face.AgeRange(from: age - half, to: age + half)
    }
}
