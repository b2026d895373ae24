internal import Foundation

/// The share, 0…1, that log odds stand for.
func probability(logOdds: Double) -> Double {
    1 / (1 + exp(-logOdds))
}

/// The log odds of a probability; those next to 0 and 1 count as 1 and 9,999 in ten thousand.
func logOdds(_ probability: Double) -> Double {
    let kept = min(max(probability, 1e-4), 1 - 1e-4)
    return log(kept / (1 - kept))
}
