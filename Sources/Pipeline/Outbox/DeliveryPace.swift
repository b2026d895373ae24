public import Domain
public import Foundation

/// When a delivery that failed is tried again, and when it is given up.
public struct DeliveryPace: Sendable {
    /// The longest pause after the first failure, in seconds; it doubles with each further one.
    public static let firstPause = 2.0
    /// No pause is longer than this, in seconds, so that whoever comes back after a day hears within the hour.
    public static let longestPause = 3600.0
    /// A delivery is given up so many seconds after there was something to tell: a weekend's outage is survived, and an
    /// operator is still interested in what is told after it.
    public static let lifetime = 3.0 * 86_400

    /// Picks a number within bounds.
    private let random: @Sendable (ClosedRange<Double>) -> Double

    /// `random` spreads the tries, so that those who failed together do not come back together (full jitter).
    public init(random: @escaping @Sendable (ClosedRange<Double>) -> Double = { .random(in: $0) }) {
        self.random = random
    }

    /// When to try again after an error; `nil` to give up.
    public func retryDate(of delivery: Delivery, after error: DeliveryError, at now: Date) -> Date? {
        let end = delivery.createdAt.addingTimeInterval(Self.lifetime)
        guard case .transient(_, let wanted) = error, now < end else { return nil }
        // 2^20 s are beyond any cap; more would only overflow.
        let most = min(Self.longestPause, Self.firstPause * exp2(Double(min(delivery.tries, 20))))
        var date = min(now.addingTimeInterval(random(0...most)), end)
        if let wanted { date = max(date, now.addingTimeInterval(wanted / .seconds(1))) }
        return date <= end ? date : nil
    }
}
