import Domain

/// Vectors as rows of single precision numbers, each row filled up with zeros to a multiple of sixteen.
struct FeatureMatrix {
    let rows: Int
    let columns: Int
    /// The mean of all rows, which is taken off each: it tells nothing, and a solver gets on faster without.
    let mean: [Float]
    private let lanes: Int
    private var values: [SIMD16<Float>]

    /// Rows of equal length.
    init(_ vectors: [[Float]]) {
        rows = vectors.count
        columns = vectors.first?.count ?? 0
        lanes = (columns + 15) / 16
        var mean = [Float](repeating: 0, count: columns)
        for vector in vectors {
            for (index, value) in vector.enumerated() { mean[index] += value / Float(vectors.count) }
        }
        self.mean = mean
        values = Array(repeating: .zero, count: rows * lanes)
        for (row, vector) in vectors.enumerated() {
            for (index, value) in vector.enumerated() {
                values[row * lanes + index / 16][index % 16] = value - mean[index]
            }
        }
    }

    /// The product of each row with `weights`, which has one number a column.
    func times(_ weights: [Float]) -> [Float] {
        let packed = Self.packed(weights, lanes: lanes)
        return values.withUnsafeBufferPointer { values in
            (0..<rows).map { row in
                var sum = SIMD16<Float>.zero
                for lane in 0..<lanes { sum += values[row * lanes + lane] * packed[lane] }
                return sum.sum()
            }
        }
    }

    /// The sum of the rows, each times its number in `shares`; one number a column.
    func sum(_ shares: [Float]) -> [Float] {
        var sums = [SIMD16<Float>](repeating: .zero, count: lanes)
        values.withUnsafeBufferPointer { values in
            for (row, share) in shares.enumerated() where share != 0 {
                for lane in 0..<lanes { sums[lane] += values[row * lanes + lane] * share }
            }
        }
        return (0..<columns).map { sums[$0 / 16][$0 % 16] }
    }

    private static func packed(_ weights: [Float], lanes: Int) -> [SIMD16<Float>] {
        var packed = [SIMD16<Float>](repeating: .zero, count: lanes)
        for (index, weight) in weights.enumerated() { packed[index / 16][index % 16] = weight }
        return packed
    }
}
