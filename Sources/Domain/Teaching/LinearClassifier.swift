import Foundation

/// Tells from a picture's vector how surely a taught label fits it.
public struct LinearClassifier: Sendable, Equatable, Codable {
    /// What the vectors were made by (`Analysis.vectorModel`); those of another model mean something else.
    public let model: String
    /// One weight for each component of a vector.
    public let weights: [Float]
    /// The score (weights times vector) at which it is as likely as not.
    public let threshold: Double
    /// How quickly sureness grows with the score.
    public let slope: Double

    /// The most components that a vector may have.
    public static let maximumWeights = 65_536

    /// Puts a classifier together; `nil` when a number is none, or makes no sense.
    public init?(model: String, weights: [Float], threshold: Double, slope: Double) {
        let isSound =
            !model.isEmpty && (1...Self.maximumWeights).contains(weights.count) && weights.allSatisfy(\.isFinite)
            && threshold.isFinite && slope.isFinite && slope > 0
        guard isSound else { return nil }
        self.model = model
        self.weights = weights
        self.threshold = threshold
        self.slope = slope
    }

    /// How sure it is of a vector of its model, 0…100; `nil` when the vector has another size.
    public func confidence(of vector: FeatureVector) -> Double? {
        guard vector.values.count == weights.count else { return nil }
        return confidence(score: Double(zip(vector.values, weights).reduce(0) { $0 + $1.0 * $1.1 }))
    }

    /// How sure it is of a vector kept as `FeatureVector.halves`, 0…100, without making numbers of all of them first;
    /// `nil` when the vector has another size.
    public func confidence(halves bytes: UnsafeRawBufferPointer) -> Double? {
        guard bytes.count == 2 * weights.count else { return nil }
        return confidence(score: Double(weights.withUnsafeBufferPointer { Self.score($0, bytes) }))
    }

    /// A logistic curve around the threshold, to a tenth: finer differences tell nothing and would be written anew with
    /// every lesson.
    private func confidence(score: Double) -> Double {
        (1000 / (1 + exp(-slope * (score - threshold)))).rounded() / 10
    }

    /// Sixteen products at a time. The bits of a half moved into a single are the same number times 2^-112 (IEEE 754),
    /// which needs no instruction that some processors lack.
    private static func score(_ weights: UnsafeBufferPointer<Float>, _ halves: UnsafeRawBufferPointer) -> Float {
        let scale = SIMD16<Float>(repeating: 0x1p112)
        let raw = UnsafeRawBufferPointer(weights)
        var sum = SIMD16<Float>.zero
        var place = 0
        while place + 16 <= weights.count {
            let bits = SIMD16<UInt32>(
                truncatingIfNeeded: halves.loadUnaligned(fromByteOffset: 2 * place, as: SIMD16<UInt16>.self))
            let sign = (bits & 0x8000) &<< 16
            let values = unsafeBitCast((bits & 0x7FFF) &<< 13 | sign, to: SIMD16<Float>.self) * scale
            sum += values * raw.loadUnaligned(fromByteOffset: 4 * place, as: SIMD16<Float>.self)
            place += 16
        }
        var rest: Float = 0
        while place < weights.count {
            let bits = halves.loadUnaligned(fromByteOffset: 2 * place, as: UInt16.self)
            rest += weights[place] * Float(Float16(bitPattern: bits))
            place += 1
        }
        return sum.sum() + rest
    }

    private enum CodingKeys: CodingKey {
        case model, weights, threshold, slope
    }

    /// Reads a classifier; what makes no sense is refused.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let read = LinearClassifier(
            model: try container.decode(String.self, forKey: .model),
            weights: try container.decode([Float].self, forKey: .weights),
            threshold: try container.decode(Double.self, forKey: .threshold),
            slope: try container.decode(Double.self, forKey: .slope))
        guard let read else {
            throw DecodingError.dataCorruptedError(
                forKey: .weights, in: container, debugDescription: "these numbers are no classifier")
        }
        self = read
    }
}

extension Analysis {
    /// What made `vector`: the label network and its version. Its precision is left out, because vectors of both
    /// precisions lie in the same place (cosines of 0.99 in the mean and at least 0.93 over 200 pictures).
    public var vectorModel: String? {
        models[AnalysisKind.labels.rawValue].map { name in
            String(name.prefix { $0 != "+" }).replacing("-int8", with: "").replacing("-fp32", with: "")
        }
    }
}
