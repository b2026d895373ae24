/// Which pixels of a line make each pixel of its shorter or longer copy, and with what weight: a triangle that is as wide
/// as the step between two pixels of the copy, so that shrinking leaves nothing out. Beyond the ends of the line its
/// last pixels repeat.
struct ResampleTaps {
    /// For each pixel of the copy, the first pixel that it is made of.
    private(set) var starts: [Int] = []
    /// For each pixel of the copy, where its weights begin in `weights`; one more at the end.
    private(set) var offsets: [Int] = [0]
    /// The weights; those of one pixel of the copy add up to 1.
    private(set) var weights: [Float] = []

    /// The pixels that are read at all.
    var range: Range<Int> {
        (starts.first ?? 0)..<(starts.indices.map { starts[$0] + offsets[$0 + 1] - offsets[$0] }.max() ?? 0)
    }

    /// Makes the taps of a copy of `count` pixels of the stretch from `start` on, `length` long, of a line of `limit`
    /// pixels.
    init(start: Double, length: Double, count: Int, limit: Int) {
        let step = length / Double(count)
        let reach = max(step, 1)
        starts.reserveCapacity(count)
        offsets.reserveCapacity(count + 1)
        for number in 0..<count {
            let middle = start + (Double(number) + 0.5) * step
            let first = Int((middle - reach).rounded(.down))
            let last = Int((middle + reach).rounded(.up))
            let inside = min(max(first, 0), limit - 1)...min(max(last, 0), limit - 1)
            var own = [Double](repeating: 0, count: inside.count)
            for pixel in first...last {
                let weight = 1 - abs(Double(pixel) + 0.5 - middle) / reach
                guard weight > 0 else { continue }
                own[min(max(pixel, inside.lowerBound), inside.upperBound) - inside.lowerBound] += weight
            }
            let skipped = own.prefix { $0 == 0 }.count
            let used = own[skipped...].reversed().drop { $0 == 0 }.reversed()
            let sum = used.reduce(0, +)
            starts.append(inside.lowerBound + skipped)
            weights += used.map { Float($0 / sum) }
            offsets.append(weights.count)
        }
    }
}
