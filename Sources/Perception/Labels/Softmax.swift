internal import Foundation

/// Turns a model's raw scores into probabilities: `exp(score / temperature)`, scaled to a sum of 1. A temperature below
/// 1 makes them more decided, above 1 less. `nil` when a score is no finite number, as of a broken model.
func softmax(_ scores: [Float], temperature: Double) -> [Double]? {
    guard let highest = scores.max(), scores.allSatisfy(\.isFinite) else { return nil }
    let powers = scores.map { exp((Double($0) - Double(highest)) / temperature) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
}
