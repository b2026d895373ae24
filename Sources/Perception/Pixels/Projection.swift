/// A point in the pixels of a picture; the middle of its first pixel is (0.5, 0.5).
struct PixelPoint: Sendable, Equatable {
    var x: Double
    var y: Double
}

/// A map of one plane onto another that keeps straight lines straight: shifts, turns, scales, shears, perspectives.
/// With `p = (x, y, 1)`, a point goes to `(p·x / p·w, p·y / p·w)`: the rows of its 3 × 3 matrix.
struct Projection: Sendable, Equatable {
    var x = SIMD3(1.0, 0, 0)
    var y = SIMD3(0.0, 1, 0)
    var w = SIMD3(0.0, 0, 1)

    /// Leaves everything where it is.
    static let identity = Projection()

    /// Where a point goes.
    func callAsFunction(_ point: PixelPoint) -> PixelPoint {
        let depth = w.x * point.x + w.y * point.y + w.z
        return PixelPoint(
            x: (x.x * point.x + x.y * point.y + x.z) / depth, y: (y.x * point.x + y.y * point.y + y.z) / depth)
    }

    /// Moves, then scales each axis.
    static func scaling(x: Double, y: Double, afterMoving move: PixelPoint = PixelPoint(x: 0, y: 0)) -> Projection {
        Projection(x: SIMD3(x, 0, x * move.x), y: SIMD3(0, y, y * move.y))
    }

    /// First this map, then `next`.
    func then(_ next: Projection) -> Projection {
        func row(_ row: SIMD3<Double>) -> SIMD3<Double> { row.x * x + row.y * y + row.z * w }
        return Projection(x: row(next.x), y: row(next.y), w: row(next.w))
    }

    /// The way back; `nil` for a map that squeezes the plane into a line.
    var inverse: Projection? {
        let (first, second, third) = (y.cross(w), w.cross(x), x.cross(y))
        let determinant = (x * first).sum()
        guard determinant.isFinite, abs(determinant) > 1e-12 else { return nil }
        return Projection(
            x: SIMD3(first.x, second.x, third.x) / determinant, y: SIMD3(first.y, second.y, third.y) / determinant,
            w: SIMD3(first.z, second.z, third.z) / determinant)
    }

    /// How many units of the target a unit at `point` becomes, in the mean of both directions.
    func scale(at point: PixelPoint) -> Double {
        let there = self(point)
        let depth = w.x * point.x + w.y * point.y + w.z
        let (alongX, alongY) = ((x - there.x * w) / depth, (y - there.y * w) / depth)
        return abs(alongX.x * alongY.y - alongX.y * alongY.x).squareRoot()
    }
}

extension SIMD3<Double> {
    /// The vector at right angles to both.
    func cross(_ other: SIMD3<Double>) -> SIMD3<Double> {
        SIMD3(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
    }
}
