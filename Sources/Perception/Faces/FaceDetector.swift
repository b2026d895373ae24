internal import Domain
internal import Inference

/// A network that finds faces and their five landmarks.
protocol FaceDetector: Sendable {
    /// Its name and version.
    var model: String { get }
    /// Faces below this score are not believed, 0…1.
    var threshold: Double { get }
    /// Where its landmarks lie in an aligned face of 150 pixels.
    var template: [PixelPoint] { get }

    /// All faces above the threshold in a picture whose sides are multiples of 32.
    func candidates(in picture: Pixels) throws(LookFailure) -> [DetectedFace]
}

extension FaceDetector {
    /// A second, smaller look is taken below this score.
    private var sureScore: Double { 0.7 }

    /// The faces of a picture, each once, the surest first.
    ///
    /// Looks at the picture shrunk to 640 pixels. The networks miss faces that are larger than about 400 of these, so
    /// where no face is sure they look again at 256, which costs a sixth.
    func faces(in picture: Pixels) throws(LookFailure) -> [DetectedFace] {
        var faces = try faces(in: picture, within: 640)
        if max(picture.width, picture.height) > 256, faces.allSatisfy({ $0.score < sureScore }) {
            faces = (faces + (try self.faces(in: picture, within: 256))).suppressed()
        }
        return faces
    }

    private func faces(in picture: Pixels, within side: Int) throws(LookFailure) -> [DetectedFace] {
        let small = picture.fitted(within: side)
        func rounded(_ length: Int) -> Int { (length + 31) / 32 * 32 }
        let sheet = small.padded(width: rounded(small.width), height: rounded(small.height))
        let (x, y) = (
            Double(picture.width) / Double(small.width), Double(picture.height) / Double(small.height)
        )
        return try candidates(in: sheet).suppressed().map { $0.scaled(x: x, y: y) }
    }
}
