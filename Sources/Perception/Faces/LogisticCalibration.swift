internal import Foundation

/// How often a network is right where it gives a certain score: a logistic curve over the logit of the score (Platt
/// scaling).
struct LogisticCalibration: Sendable, Equatable {
    let slope: Double
    let offset: Double

    /// How often it is right, 0…1, of a score of 0…1; not a number for one that is none.
    func callAsFunction(_ score: Double) -> Double {
        let inside = score.isFinite ? min(max(score, 1e-6), 1 - 1e-6) : .nan
        return 1 / (1 + exp(-(slope * log(inside / (1 - inside)) + offset)))
    }
}
