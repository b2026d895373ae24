internal import Foundation

/// A rectangle that lies in any direction.
struct RotatedRectangle: Sendable, Equatable {
    var middle: PixelPoint
    /// How far its upper side falls to the right, in radians, -π/4…π/4.
    var angle: Double
    /// The length of its upper and lower side.
    var width: Double
    /// The length of the other two.
    var height: Double

    /// The corners, clockwise on the screen from that at the top left.
    var corners: [PixelPoint] {
        let along = (x: cos(angle) * width / 2, y: sin(angle) * width / 2)
        let across = (x: -sin(angle) * height / 2, y: cos(angle) * height / 2)
        return [(-1.0, -1.0), (1, -1), (1, 1), (-1, 1)].map { u, v in
            PixelPoint(x: middle.x + u * along.x + v * across.x, y: middle.y + u * along.y + v * across.y)
        }
    }

    /// The rectangle with every side moved outwards.
    func grown(by distance: Double) -> RotatedRectangle {
        RotatedRectangle(
            middle: middle, angle: angle, width: width + 2 * distance, height: height + 2 * distance)
    }
}

extension RotatedRectangle {
    /// The smallest rectangle round points; `nil` when they all lie on one line.
    ///
    /// One of its sides lies on a side of the convex hull (Freeman and Shapira, 1975), so each of these is tried; hulls of
    /// text have a few dozen corners, too few for rotating calipers to be worth their care.
    init?(around points: [PixelPoint]) {
        let hull = points.convexHull()
        var best: RotatedRectangle?
        for (number, corner) in hull.enumerated() {
            let next = hull[(number + 1) % hull.count]
            let turned = Self.quarterTurn(atan2(next.y - corner.y, next.x - corner.x))
            guard let rectangle = RotatedRectangle(around: hull, angle: turned) else { continue }
            if rectangle.width * rectangle.height < (best.map { $0.width * $0.height } ?? .infinity) {
                best = rectangle
            }
        }
        guard let best else { return nil }
        self = best
    }

    /// The smallest rectangle round points with a side in this direction.
    private init?(around points: [PixelPoint], angle: Double) {
        let (cosine, sine) = (cos(angle), sin(angle))
        let along = points.map { $0.x * cosine + $0.y * sine }
        let across = points.map { $0.y * cosine - $0.x * sine }
        guard let left = along.min(), let right = along.max(), let top = across.min(), let bottom = across.max(),
            min(right - left, bottom - top) > 1e-9
        else { return nil }
        let (u, v) = ((left + right) / 2, (top + bottom) / 2)
        self.init(
            middle: PixelPoint(x: u * cosine - v * sine, y: u * sine + v * cosine), angle: angle,
            width: right - left, height: bottom - top)
    }

    /// The direction of the same rectangle's side that is nearest to level.
    private static func quarterTurn(_ angle: Double) -> Double {
        angle - (angle / (.pi / 2)).rounded() * (.pi / 2)
    }
}
