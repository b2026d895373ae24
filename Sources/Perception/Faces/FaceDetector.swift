internal import Domain
internal import Inference

/// A network that finds faces and their five landmarks.
protocol FaceDetector: Sendable {
    /// Its name and version.
    var model: String { get }
    /// Candidates below this score are of no use, 0…1. Fainter than a face that is told: it hints at faces worth another
    /// look.
    var faintest: Double { get }
    /// How often what has a certain score is a face.
    var certainty: LogisticCalibration { get }
    /// Where its landmarks lie in an aligned face of 150 pixels.
    var template: [PixelPoint] { get }

    /// All candidates with their scores in a picture whose sides are multiples of 32.
    func candidates(in picture: Pixels) throws(LookFailure) -> [DetectedFace]
}
