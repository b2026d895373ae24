internal import Domain
internal import Foundation
internal import Inference

/// The shape of a face: MediaPipe's FaceMesh (Apache-2.0), 468 points in three dimensions. Tells how the head is turned and
/// whether eyes and mouth are open.
struct FaceMesh: FaceReader {
    let step = "mesh"
    let model = "facemesh@2"

    private let session: InferenceSession
    private static let side = 192

    init(runtime: InferenceRuntime, folder: ModelFolder) throws(UnavailableError) {
        session = try InferenceSession(.faceMesh, in: folder, runtime: runtime)
    }

    func read(_ found: FoundFace, into face: inout Face) throws(LookFailure) {
        let angle = found.detected.eyeLineAngle
        let crop = found.picture.warped(
            by: Self.crop(of: found.detected, turned: angle), width: Self.side, height: Self.side)
        let answer = try session.answer(
            Tensor([crop], scale: SIMD3(repeating: 1 / 255)), shapes: ["landmarks": [1, 1404], "presence": [1, 1]])
        // The network's own doubt, as a logit: below 0 it sees no face in the crop, and its points mean nothing.
        guard let presence = answer["presence"]?.values.first, presence > 0, let points = answer["landmarks"]?.values
        else { return }
        let shape = FaceShape(
            points: stride(from: 0, to: points.count, by: 3).map { index in
                SIMD3(Double(points[index]), Double(points[index + 1]), Double(points[index + 2]))
            })
        face.pose = shape.pose(turned: angle)
        face.eyesOpen = shape.eyesOpen
        face.mouthOpen = shape.mouthOpen
    }

    /// From the pixels of the crop to those of the picture: a square of 1.5 × the box, turned so that the eyes are level.
    static func crop(of face: DetectedFace, turned angle: Double) -> Projection {
        let square = face.square(1.5)
        let scale = square.width / Double(side)
        let (along, across) = (cos(angle) * scale, sin(angle) * scale)
        let middle = PixelPoint(x: square.left + square.width / 2, y: square.top + square.height / 2)
        let half = Double(side) / 2
        return Projection(
            x: SIMD3(along, -across, middle.x - (along - across) * half),
            y: SIMD3(across, along, middle.y - (across + along) * half))
    }
}
