internal import Domain

/// How often a picture is turned to the right by 90°.
enum QuarterTurn: Int, CaseIterable {
    case none, right, half, left

    /// Where a point of the turned picture lies in the one that was not; both relative, 0…1.
    func back(x: Double, y: Double) -> (x: Double, y: Double) {
        switch self {
        case .none: (x, y)
        case .right: (y, 1 - x)
        case .half: (1 - x, 1 - y)
        case .left: (1 - y, x)
        }
    }

    /// Where a box of the turned picture lies in the one that was not.
    func back(_ box: Box) -> Box {
        let first = back(x: box.left, y: box.top)
        let last = back(x: box.left + box.width, y: box.top + box.height)
        return Box(
            left: min(first.x, last.x), top: min(first.y, last.y), width: abs(first.x - last.x),
            height: abs(first.y - last.y))
    }
}

extension Pixels {
    /// The picture turned.
    func turned(_ turn: QuarterTurn) -> Pixels {
        if turn == .none { return self }
        let isLying = turn != .half
        let (width, height) = isLying ? (self.height, self.width) : (self.width, self.height)
        // Where the first pixel comes from, and how far apart the sources of neighbours are.
        let (first, column, row) =
            switch turn {
            case .none: (0, 1, self.width)
            case .right: ((self.height - 1) * self.width, -self.width, 1)
            case .half: (self.width * self.height - 1, -1, -self.width)
            case .left: (self.width - 1, self.width, -1)
            }
        let turned = [UInt8](unsafeUninitializedCapacity: rgb.count) { turned, count in
            rgb.withUnsafeBufferPointer { rgb in
                var place = 0
                for y in 0..<height {
                    for x in 0..<width {
                        let source = (first + y * row + x * column) * 3
                        for channel in 0..<3 { turned[place + channel] = rgb[source + channel] }
                        place += 3
                    }
                }
            }
            count = rgb.count
        }
        return Pixels(width: width, height: height, rgb: turned)
    }
}
