/// How likely each pixel of a picture belongs to text, 0…1.
struct ProbabilityMap: Sendable {
    let width: Int
    let height: Int
    /// Rows from the top.
    let values: [Float]

    /// The places where text may be, each as the corners of its pixels that lie outermost in their rows.
    ///
    /// A place is all that is likelier than `threshold` and hangs together, with gaps of one pixel bridged. (The reference
    /// widens each pixel to 2 × 2 and then takes the middles of pixels, which comes to the same: every pixel stands for
    /// its four corners, and corners that are neighbours hang together.)
    func regions(above threshold: Float) -> [[PixelPoint]] {
        let runs = runs(above: threshold)
        var groups = DisjointSets(count: runs.count)
        for (number, run) in runs.enumerated() {
            // Runs come row by row, so that all that can touch this one lie shortly before it.
            for other in (0..<number).reversed() {
                if runs[other].row < run.row - 2 { break }
                if runs[other].first <= run.last + 2, run.first <= runs[other].last + 2 { groups.join(other, number) }
            }
        }
        var regions: [Int: [PixelPoint]] = [:]
        var order: [Int] = []
        for (number, run) in runs.enumerated() {
            let group = groups.representative(of: number)
            if regions[group] == nil { order.append(group) }
            regions[group, default: []] += run.corners
        }
        return order.compactMap { regions[$0] }
    }

    /// The mean over the pixels whose middles lie in a rectangle; 0 when there are none.
    func mean(in rectangle: RotatedRectangle) -> Double {
        let corners = rectangle.corners
        let (xs, ys) = (corners.map(\.x), corners.map(\.y))
        guard (xs + ys).allSatisfy(\.isFinite), let top = ys.min(), let bottom = ys.max() else { return 0 }
        func inside(_ place: Double, _ length: Int) -> Int { Int(min(max(place, 0), Double(length))) }
        var (sum, count) = (0.0, 0)
        for row in inside(top, height)..<inside(bottom.rounded(.up), height) {
            guard let span = corners.span(at: Double(row) + 0.5) else { continue }
            let first = inside((span.lowerBound - 0.5).rounded(.up), width)
            let last = inside((span.upperBound + 0.5).rounded(.down), width)
            guard first < last else { continue }
            sum += values[(row * width + first)..<(row * width + last)].reduce(0.0) { $0 + Double($1) }
            count += last - first
        }
        return count == 0 ? 0 : sum / Double(count)
    }

    /// Neighbouring likely pixels of a row.
    private struct Run {
        let row: Int
        let first: Int
        var last: Int

        var corners: [PixelPoint] {
            [(first, row), (last + 1, row), (first, row + 1), (last + 1, row + 1)]
                .map { PixelPoint(x: Double($0), y: Double($1)) }
        }
    }

    private func runs(above threshold: Float) -> [Run] {
        var runs: [Run] = []
        values.withUnsafeBufferPointer { values in
            for row in 0..<height {
                var open: Run?
                for column in 0..<width {
                    if values[row * width + column] > threshold {
                        if open == nil { open = Run(row: row, first: column, last: column) }
                        open?.last = column
                    } else if let run = open {
                        runs.append(run)
                        open = nil
                    }
                }
                if let run = open { runs.append(run) }
            }
        }
        return runs
    }
}

extension [PixelPoint] {
    /// Where a level line enters and leaves the convex figure with these corners.
    fileprivate func span(at y: Double) -> ClosedRange<Double>? {
        var crossings: [Double] = []
        for (number, corner) in enumerated() {
            let next = self[(number + 1) % count]
            guard (corner.y <= y) != (next.y <= y) else { continue }
            crossings.append(corner.x + (y - corner.y) / (next.y - corner.y) * (next.x - corner.x))
        }
        guard let left = crossings.min(), let right = crossings.max() else { return nil }
        return left...right
    }
}
