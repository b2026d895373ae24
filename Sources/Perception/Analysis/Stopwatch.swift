/// Tells how long the steps of a task take.
struct Stopwatch: Sendable {
    /// Told of each step by its name, `faces/detect`, when it has ended.
    let report: @Sendable (String, Duration) -> Void

    /// Keeps the times to itself.
    static let silent = Stopwatch { _, _ in }

    /// Runs `body` and reports how long it took, also when it throws.
    func time<Result, Failure: Error>(
        _ step: String, _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let clock = ContinuousClock()
        let start = clock.now
        defer { report(step, clock.now - start) }
        return try body()
    }
}
