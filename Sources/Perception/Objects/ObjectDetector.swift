internal import Domain

/// A network that finds things of a number of classes, with boxes.
protocol ObjectDetector: Sendable {
    /// Its name and version.
    var model: String { get }
    /// What its classes are called where it was trained.
    var classes: [String] { get }
    /// What is less sure than this is not worth keeping, 0…1.
    var threshold: Double { get }
    /// What is missing for its labels to mean something, with the remedy.
    var gaps: [String] { get }

    /// All that is surer than `threshold` in a picture, each once, surest first.
    func detections(in picture: Pixels, threshold: Double) throws(LookFailure) -> [Detection]
}

extension ObjectDetector {
    var gaps: [String] { [] }
}
