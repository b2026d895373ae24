import Testing

@testable import HTTPServer

/// By a clock that the tests turn.
@Suite struct BodyPaceTests {
    private let start = ContinuousClock.now

    private var pace: BodyPace {
        var limits = ServerLimits()
        limits.bodySeconds = 30
        limits.bodyBytesPerSecond = 1_000
        return BodyPace(limits)
    }

    /// The second in which a sender of so many bytes a second is cut off, within an hour.
    private func end(bytesPerSecond: (_ second: Int) -> Int) -> Int? {
        var pace = pace
        var received = 0
        for second in 0...3_600 {
            received += second == 0 ? 0 : bytesPerSecond(second)
            if pace.isTooSlow(received: received, isWaiting: true, at: start + .seconds(second)) { return second }
        }
        return nil
    }

    @Test func aDripIsCutOff() {
        #expect(end { _ in 0 } == 31)
        #expect(end { _ in 1 } == 31)
        #expect(end { _ in 500 } == 61)
    }

    @Test func aBadNetworkIsBorneWith() {
        #expect(end { _ in 20_000 } == nil)
        #expect(end { _ in 1_000 } == nil)
        // Half a minute without reception, then as before.
        #expect(end { $0 % 60 < 30 ? 0 : 20_000 } == nil)
    }

    @Test func whoSentALotMayNotRestForLong() {
        #expect(end { $0 == 1 ? 50_000_000 : 1 } == 32)
    }

    @Test func timeThatTheHandlerTakesIsNotTheSenders() {
        var pace = pace
        func isTooSlow(isWaiting: Bool, second: Int) -> Bool {
            pace.isTooSlow(received: 10, isWaiting: isWaiting, at: start + .seconds(second))
        }
        for second in 0..<3_600 { #expect(!isTooSlow(isWaiting: false, second: second)) }
        // The sender's own time begins when it is seen to be its turn.
        for second in 3_700...3_730 { #expect(!isTooSlow(isWaiting: true, second: second)) }
        #expect(isTooSlow(isWaiting: true, second: 3_731))
    }
}
