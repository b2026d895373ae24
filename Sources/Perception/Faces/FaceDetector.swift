internal import Domain
internal import Foundation
internal import Inference

/// A network that finds faces and their five landmarks.
protocol FaceDetector: Sendable {
    /// Its name and version.
    var model: String { get }
    /// Candidates below this score are of no use, 0…1. Fainter than a face that is told: it hints at faces worth another
    /// look.
    var faintest: Double { get }
    /// How often what has a certain score is a face.
    var certainty: FaceCertainty { get }
    /// Where its landmarks lie in an aligned face of 150 pixels.
    var template: [PixelPoint] { get }

    /// All candidates with their scores in a picture whose sides are multiples of 32.
    func candidates(in picture: Pixels) throws(LookFailure) -> [DetectedFace]
}

/// How often what a network gives a certain score is a face: a logistic curve over the logit of the score.
///
/// Fitted to what both networks claim on 2300 pictures, mostly without people (photos, wallpapers, drawings, screenshots,
/// animals), looked through by eye, and on 141 portraits; paintings, dolls and cartoons were left out as neither.
struct FaceCertainty: Sendable, Equatable {
    let slope: Double
    let offset: Double

    /// The share of faces among candidates with this score, 0…1.
    func callAsFunction(_ score: Double) -> Double {
        let inside = min(max(score, 1e-6), 1 - 1e-6)
        return 1 / (1 + exp(-(slope * log(inside / (1 - inside)) + offset)))
    }
}
