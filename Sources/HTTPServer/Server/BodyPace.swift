/// Whether the sender of a body keeps up: it has some seconds to be waited for, which waiting uses up and bytes earn
/// back. (Apache's `RequestReadTimeout body=30,MinRate=1000` without its accumulation: who sent a lot at once may not rest
/// for hours.)
struct BodyPace {
    private let most: Double
    private let bytesPerSecond: Double
    private var seconds: Double
    private var received = 0
    private var waitsSince: ContinuousClock.Instant?

    init(_ limits: ServerLimits) {
        most = limits.bodySeconds
        bytesPerSecond = limits.bodyBytesPerSecond
        seconds = most
    }

    /// Looks at a body, as often as one likes: whether the seconds are used up.
    ///
    /// - Parameters:
    ///   - total: the bytes that have come so far.
    ///   - isWaiting: whether it is the sender's turn.
    mutating func isTooSlow(received total: Int, isWaiting: Bool, at now: ContinuousClock.Instant) -> Bool {
        if isWaiting, let waitsSince { seconds -= (now - waitsSince) / .seconds(1) }
        waitsSince = isWaiting ? now : nil
        seconds = min(most, seconds + Double(total - received) / bytesPerSecond)
        received = total
        return seconds < 0
    }
}
