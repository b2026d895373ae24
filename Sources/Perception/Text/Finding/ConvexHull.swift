extension [PixelPoint] {
    /// The corners of the rubber band round these points, in order; without points that lie on a straight line between
    /// others.
    ///
    /// Andrew, Another Efficient Algorithm for Convex Hulls in Two Dimensions (1979).
    func convexHull() -> [PixelPoint] {
        let points = sorted { ($0.x, $0.y) < ($1.x, $1.y) }
        let chains = [points, points.reversed()].map { points in
            var chain: [PixelPoint] = []
            for point in points {
                while chain.count > 1, chain[chain.count - 1].turn(from: chain[chain.count - 2], to: point) <= 0 {
                    chain.removeLast()
                }
                chain.append(point)
            }
            return chain.dropLast()
        }
        let hull = chains.flatMap { $0 }
        return hull.isEmpty ? Array(prefix(1)) : hull
    }
}

extension PixelPoint {
    /// Twice the area to the one side of the way over this point: 0 when it is straight.
    fileprivate func turn(from start: PixelPoint, to end: PixelPoint) -> Double {
        (x - start.x) * (end.y - start.y) - (y - start.y) * (end.x - start.x)
    }
}
