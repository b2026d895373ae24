internal import Domain
internal import Foundation

/// The 468 points of a face mesh: x to the right, y down, z away from the viewer, all in one unit.
///
/// Which point is where: <https://github.com/google-ai-edge/mediapipe>, canonical_face_model_uv_visualization.png.
struct FaceShape {
    let points: [SIMD3<Double>]

    /// How the head is turned, when the picture was turned by `angle` (in radians) before. `nil` for a shape that is none.
    ///
    /// The line of the eyes and that from forehead to chin span the face's plane. Yaw and roll are good to about 5°; pitch
    /// is rougher, as foreheads and chins differ and a laugh moves the chin.
    func pose(turned angle: Double = 0) -> Face.Pose? {
        let across = points[263] - points[33]
        let down = points[152] - points[10]
        let away = across.cross(down)
        let upright = away.cross(across)
        let pose = Face.Pose(
            roll: degrees(atan2(across.y, across.x) + angle),
            yaw: degrees(atan2(-across.z, across.x)),
            pitch: degrees(atan2(-upright.z / length(upright), away.z / length(away)) + Self.lean))
        return [pose.roll, pose.yaw, pose.pitch].allSatisfy(\.isFinite) ? pose : nil
    }

    /// How far the line from forehead to chin leans on a face that looks straight ahead: the median over 131 portraits.
    private static let lean = 7.3 * .pi / 180

    /// Whether the eyes are open, by the mean of their height to width. Most open eyes have 0.2 to 0.3.
    ///
    /// The mesh hardly sees lids: of 160 faces the 48 lowest (0.11 to 0.21) are open but for three, and those three are not
    /// among the lowest. So `open` is right nineteen times in twenty, and `closed` is told only of what was never seen
    /// open; how often that is right could not be measured.
    var eyesOpen: Face.Trait<Bool>? {
        let left = aspect(of: (33, 160, 158, 133, 153, 144))
        let right = aspect(of: (362, 385, 387, 263, 373, 380))
        return Face.Trait(probability: step((left + right) / 2, middle: 0.1, width: 0.035))
    }

    /// Whether the mouth is open, lips parted, by the gap between them to the mouth's width: of 76 mouths looked at by eye
    /// two of eleven are open about 0.06, half about 0.1, two of three about 0.135 and all from 0.15 on.
    var mouthOpen: Face.Trait<Bool>? {
        let openness = length(points[13] - points[14]) / length(points[78] - points[308])
        return Face.Trait(probability: step(openness, middle: 0.1, width: 0.03))
    }

    /// Soukupová and Čech, Real-Time Eye Blink Detection using Facial Landmarks (2016): corner, two above, corner, two
    /// below.
    private func aspect(of eye: (Int, Int, Int, Int, Int, Int)) -> Double {
        let heights = distance(eye.1, eye.5) + distance(eye.2, eye.4)
        return heights / (2 * distance(eye.0, eye.3))
    }

    /// How far two points lie apart as the viewer sees them.
    private func distance(_ first: Int, _ second: Int) -> Double {
        let line = points[first] - points[second]
        return (line.x * line.x + line.y * line.y).squareRoot()
    }

    private func length(_ line: SIMD3<Double>) -> Double { (line * line).sum().squareRoot() }

    /// A soft step from 0 to 1: 0.5 at `middle`, 0.73 one `width` beyond.
    private func step(_ value: Double, middle: Double, width: Double) -> Double {
        1 / (1 + exp((middle - value) / width))
    }

    /// To degrees within -180…180, with one decimal.
    private func degrees(_ radians: Double) -> Double {
        (remainder(radians, 2 * .pi) * 1800 / .pi).rounded() / 10
    }
}
