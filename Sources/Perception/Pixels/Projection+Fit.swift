extension Projection {
    /// The shift, turn and scale, without mirroring, that brings `points` nearest to `targets` (least squares). `nil` when
    /// the points are all one, or not numbers.
    static func similarity(from points: [PixelPoint], to targets: [PixelPoint]) -> Projection? {
        let (here, there) = (middle(of: points), middle(of: targets))
        var (spread, along, across) = (0.0, 0.0, 0.0)
        for (point, target) in zip(points, targets) {
            let (x, y) = (point.x - here.x, point.y - here.y)
            let (u, v) = (target.x - there.x, target.y - there.y)
            spread += x * x + y * y
            along += x * u + y * v
            across += x * v - y * u
        }
        let (a, b) = (along / spread, across / spread)
        guard spread > 0, a.isFinite, b.isFinite, a * a + b * b > 0 else { return nil }
        return Projection(
            x: SIMD3(a, -b, there.x - a * here.x + b * here.y), y: SIMD3(b, a, there.y - b * here.x - a * here.y))
    }

    private static func middle(of points: [PixelPoint]) -> PixelPoint {
        let (x, y) = points.reduce((0, 0)) { ($0.0 + $1.x, $0.1 + $1.y) }
        return PixelPoint(x: x / Double(points.count), y: y / Double(points.count))
    }

    /// The map of an upright rectangle at the origin onto four corners, given from the top left clockwise; `nil` when
    /// three of the corners are in line.
    ///
    /// Heckbert, Fundamentals of Texture Mapping and Image Warping (1989), §2.2.3.
    static func rectangle(width: Double, height: Double, onto corners: [PixelPoint]) -> Projection? {
        guard corners.count == 4, width > 0, height > 0 else { return nil }
        let (p, q, r, s) = (corners[0], corners[1], corners[2], corners[3])
        let (dx1, dy1) = (q.x - r.x, q.y - r.y)
        let (dx2, dy2) = (s.x - r.x, s.y - r.y)
        let (dx3, dy3) = (p.x - q.x + r.x - s.x, p.y - q.y + r.y - s.y)
        let area = dx1 * dy2 - dx2 * dy1
        guard area.isFinite, abs(area) > 1e-9 else { return nil }
        let g = (dx3 * dy2 - dx2 * dy3) / area
        let h = (dx1 * dy3 - dx3 * dy1) / area
        let square = Projection(
            x: SIMD3(q.x - p.x + g * q.x, s.x - p.x + h * s.x, p.x),
            y: SIMD3(q.y - p.y + g * q.y, s.y - p.y + h * s.y, p.y), w: SIMD3(g, h, 1))
        return Projection.scaling(x: 1 / width, y: 1 / height).then(square)
    }
}
