/// How fast something gets on, over the last while: files that are there already go by a hundred times as fast as those
/// that are looked at, so the mean from the start would tell nothing.
public struct RateMeter: Sendable {
    private var samples: [(time: ContinuousClock.Instant, done: Int)] = []
    private let span: Duration

    /// Looks back over `span`.
    public init(over span: Duration = .seconds(30)) {
        self.span = span
    }

    /// Takes note that so much is done by now.
    public mutating func add(_ done: Int, at time: ContinuousClock.Instant = .now) {
        samples.append((time, done))
        // The oldest that is kept is the last one before the span, so that a slow start has a rate too.
        while samples.count > 2, time - samples[1].time > span { samples.removeFirst() }
    }

    /// How much is done in a second; `nil` until that can be said.
    public var perSecond: Double? {
        guard let first = samples.first, let last = samples.last, last.time > first.time else { return nil }
        return Double(last.done - first.done) / ((last.time - first.time) / .seconds(1))
    }
}
