internal import Domain

/// A thing that a detector found.
struct Detection: Sendable, Equatable {
    /// Where, in the pixels of the picture that was looked at.
    var area: Area
    /// How sure, 0…1.
    var score: Double
    /// Which of the detector's classes.
    var number: Int

    /// The thing in a picture that is larger by these factors.
    func scaled(x: Double, y: Double) -> Detection {
        Detection(
            area: Area(left: area.left * x, top: area.top * y, width: area.width * x, height: area.height * y),
            score: score, number: number)
    }

    /// The thing in a picture that is whose top left corner lies elsewhere.
    func moved(x: Double, y: Double) -> Detection {
        var moved = self
        moved.area.left += x
        moved.area.top += y
        return moved
    }

    fileprivate var isSound: Bool {
        [area.left, area.top, area.width, area.height, score].allSatisfy(\.isFinite) && area.width > 0
            && area.height > 0
    }
}

extension [Detection] {
    /// Of detections of one class that lie over each other only the surest (non-maximum suppression), surest first.
    /// Overlap is the shared area by the area of both.
    func suppressed(overlap limit: Double) -> [Detection] {
        var kept: [Detection] = []
        for next in filter(\.isSound).sorted(by: { $0.score > $1.score })
        where !kept.contains(where: { $0.number == next.number && $0.area.overlap(with: next.area) > limit }) {
            kept.append(next)
        }
        return kept
    }
}
