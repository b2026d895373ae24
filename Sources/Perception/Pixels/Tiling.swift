internal import Domain

/// Cuts a picture into parts that overlap, so that whatever is no larger than the overlap lies in one of them as a whole.
enum Tiling {
    /// As few equal parts as are no longer than `side` without their overlap, row by row.
    static func parts(of picture: Pixels, side: Int, overlap: Int) -> [Area] {
        let rows = stretches(of: picture.height, side: side, overlap: overlap)
        let columns = stretches(of: picture.width, side: side, overlap: overlap)
        return rows.flatMap { row in
            columns.map { column in
                Area(
                    left: Double(column.lowerBound), top: Double(row.lowerBound), width: Double(column.count),
                    height: Double(row.count))
            }
        }
    }

    private static func stretches(of length: Int, side: Int, overlap: Int) -> [Range<Int>] {
        let count = (length + side - 1) / side
        guard count > 1 else { return [0..<length] }
        let part = (length + (count - 1) * overlap + count - 1) / count
        return (0..<count).map { number in
            let start = number * (length - part) / (count - 1)
            return start..<(start + part)
        }
    }

    /// Whether something in a part is not cut by one of its edges; the edges of the picture do not count.
    static func isWhole(_ area: Area, in part: Area, of picture: Pixels) -> Bool {
        func isClear(_ start: Double, _ length: Double, from first: Double, _ whole: Double, of limit: Int) -> Bool {
            (first <= 0 || start > first + 1)
                && (first + whole >= Double(limit) || start + length < first + whole - 1)
        }
        return isClear(area.left, area.width, from: part.left, part.width, of: picture.width)
            && isClear(area.top, area.height, from: part.top, part.height, of: picture.height)
    }
}
