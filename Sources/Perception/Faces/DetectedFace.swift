internal import Foundation

/// A face that a detector found.
struct DetectedFace: Sendable, Equatable {
    /// Where, in the pixels of the picture that was looked at.
    var area: Area
    /// How sure, 0…1: a network's own score, or once calibrated how often such a claim is right.
    var score: Double
    /// The eye on the viewer's left, that on the right, the tip of the nose, the left and the right corner of the mouth.
    var landmarks: [PixelPoint]

    /// The face in a picture that is larger by these factors.
    func scaled(x: Double, y: Double) -> DetectedFace {
        DetectedFace(
            area: Area(left: area.left * x, top: area.top * y, width: area.width * x, height: area.height * y),
            score: score, landmarks: landmarks.map { PixelPoint(x: $0.x * x, y: $0.y * y) })
    }

    /// The face in a picture of which this one is a part that begins there.
    func moved(x: Double, y: Double) -> DetectedFace {
        DetectedFace(
            area: Area(left: area.left + x, top: area.top + y, width: area.width, height: area.height), score: score,
            landmarks: landmarks.map { PixelPoint(x: $0.x + x, y: $0.y + y) })
    }

    /// Whether every number is one, and there is room between its sides.
    var isSound: Bool {
        ([area.left, area.top, area.width, area.height, score] + landmarks.flatMap { [$0.x, $0.y] })
            .allSatisfy(\.isFinite) && area.width > 0 && area.height > 0
    }

    /// How the eyes lie: 0 level, positive when the one on the right is lower. In radians.
    var eyeLineAngle: Double {
        atan2(landmarks[1].y - landmarks[0].y, landmarks[1].x - landmarks[0].x)
    }

    /// The square about the middle of the face whose side is `scale` × the longer side of its box.
    func square(_ scale: Double) -> Area {
        let side = max(area.width, area.height) * scale
        return Area(
            left: area.left + (area.width - side) / 2, top: area.top + (area.height - side) / 2, width: side,
            height: side)
    }
}

extension [DetectedFace] {
    /// Of faces that lie over each other only the surest (non-maximum suppression), surest first. Overlap is the shared
    /// area by the area of both.
    func suppressed(overlap limit: Double = 0.3) -> [DetectedFace] {
        var kept: [DetectedFace] = []
        for face in filter(\.isSound).sorted(by: { $0.score > $1.score })
        where !kept.contains(where: { $0.area.overlap(with: face.area) > limit }) {
            kept.append(face)
        }
        return kept
    }
}
