extension [TextLine] {
    /// The lines as a person reads them: by rows from the top, each from the left, also when the page is turned. Lines
    /// whose middles are within half a line's height of each other are one row. Columns of a newspaper are not told apart.
    func inReadingOrder() -> [TextLine] {
        // Which way most of the text runs.
        let (x, y) = reduce(into: (0.0, 0.0)) { sum, line in
            sum.0 += line.direction.x
            sum.1 += line.direction.y
        }
        let length = (x * x + y * y).squareRoot()
        let along = length > 0 ? PixelPoint(x: x / length, y: y / length) : PixelPoint(x: 1, y: 0)

        let placed = map { line in
            let middle = line.middle
            return PlacedLine(
                line: line, along: middle.x * along.x + middle.y * along.y,
                down: middle.y * along.x - middle.x * along.y)
        }
        var rows: [[PlacedLine]] = []
        for next in placed.sorted(by: { $0.down < $1.down }) {
            if let last = rows.last?.last,
                next.down - last.down < Swift.min(next.line.height, last.line.height) / 2
            {
                rows[rows.count - 1].append(next)
            } else {
                rows.append([next])
            }
        }
        return rows.flatMap { row in row.sorted { $0.along < $1.along }.map(\.line) }
    }
}

/// A line and where its middle lies: how far along the way most text runs, and how far down.
private struct PlacedLine {
    let line: TextLine
    let along: Double
    let down: Double
}

extension TextLine {
    /// How high it is, in pixels.
    var height: Double {
        guard corners.count == 4 else { return 0 }
        return corners[0].distance(to: corners[3])
    }

    /// From its beginning to its end.
    fileprivate var direction: PixelPoint {
        guard corners.count == 4 else { return PixelPoint(x: 0, y: 0) }
        return PixelPoint(x: corners[1].x - corners[0].x, y: corners[1].y - corners[0].y)
    }

    fileprivate var middle: PixelPoint {
        let count = Double(Swift.max(corners.count, 1))
        return PixelPoint(
            x: corners.reduce(0) { $0 + $1.x } / count, y: corners.reduce(0) { $0 + $1.y } / count)
    }
}
