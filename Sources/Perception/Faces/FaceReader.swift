internal import Domain

/// Reads something out of a face that was found.
protocol FaceReader: Sendable {
    /// What it reads, as its times are told by: `faces/mesh`.
    var step: String { get }
    /// Its models and their versions, joined by `+`.
    var model: String { get }

    /// Looks at a face and writes what it says into `face`.
    func read(_ found: FoundFace, into face: inout Face) throws(LookFailure)
}

/// A face that was found, with the pixels that it is read from.
struct FoundFace: Sendable {
    /// The picture it is in.
    let picture: Pixels
    /// Where in that picture.
    let detected: DetectedFace
    /// The face aligned as dlib's recognition net wants it: 150 pixels, upright, the eyes a third from the top.
    let chip: Pixels

    /// Cuts the face out. `nil` when its landmarks lie in one point.
    ///
    /// `template` says where the detector's landmarks lie in an aligned face.
    init?(_ detected: DetectedFace, in picture: Pixels, template: [PixelPoint]) {
        guard let map = Projection.similarity(from: template, to: detected.landmarks) else { return nil }
        self.picture = picture
        self.detected = detected
        chip = picture.warped(by: map, width: Self.chipSide, height: Self.chipSide)
    }

    static let chipSide = 150

    /// The square about the face, `scale` × the longer side of its box, cut at the edge of the picture, at another size.
    func square(_ scale: Double, side: Int) -> Pixels {
        let area = detected.square(scale).clipped(to: picture) ?? picture.area
        return picture.resampled(area, width: side, height: side)
    }
}
