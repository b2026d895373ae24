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
    ///
    /// The limit was chosen on 285 pictures, where another detector judged which two boxes of one class are two things (it
    /// has a box for each) and which are one, or nothing. Of PicoDet's pairs that overlap by 0.4 or more 0 are two things
    /// and 7 are not; from 0.2 to 0.4, 6 are and 4 are not. Of YOLOv8n's 1 is and 7 are not; 3 are and 4 are not. That one box
    /// lies in the other (by 0.95, overlapping less than 0.4) is no reason: of 7 pairs 2 are two people, one before the other.
    func suppressed(overlap limit: Double = 0.4) -> [Detection] {
        var kept: [Detection] = []
        for next in filter(\.isSound).sorted(by: { $0.score > $1.score })
        where !kept.contains(where: { $0.number == next.number && $0.area.overlap(with: next.area) > limit }) {
            kept.append(next)
        }
        return kept
    }
}
