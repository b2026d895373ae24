/// What a network makes of a picture or a face: like ones lie in like directions.
///
/// Kept as half precision numbers, which holds cosines to a thousandth at half the size.
public struct FeatureVector: Sendable, Equatable {
    /// The components, of length 1 together.
    public let values: [Float]

    /// Scales `values` to length 1; zeros stay zeros.
    public init(_ values: [Float]) {
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        self.values = length > 0 ? values.map { $0 / length } : values
    }

    /// The direction that lies between others of the same network, each counting alike.
    public init(between vectors: [FeatureVector]) {
        var sum = [Float](repeating: 0, count: vectors.first?.values.count ?? 0)
        for vector in vectors {
            for (index, value) in zip(sum.indices, vector.values) { sum[index] += value }
        }
        self.init(sum)
    }

    /// Reads half precision numbers, little-endian; `nil` when their bytes are no whole number of them.
    public init?(halves bytes: [UInt8]) {
        guard bytes.count % 2 == 0 else { return nil }
        values = stride(from: 0, to: bytes.count, by: 2).map { index in
            Float(Float16(bitPattern: UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8))
        }
    }

    /// The components as half precision numbers, little-endian.
    public var halves: [UInt8] {
        values.flatMap { value in
            let bits = Float16(value).bitPattern
            return [UInt8(truncatingIfNeeded: bits), UInt8(truncatingIfNeeded: bits >> 8)]
        }
    }

    /// How alike two vectors of the same network are: 1 the same direction, 0 unrelated, -1 opposite.
    public func cosine(to other: FeatureVector) -> Float {
        zip(values, other.values).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
