import Domain
import Pipeline
import Synchronization
import Testing

@Suite struct UploadMeterTests {
    private final class Clock: Sendable {
        private let time = Mutex(ContinuousClock.now)

        var now: ContinuousClock.Instant { time.withLock { $0 } }

        func advance(_ duration: Duration) {
            time.withLock { $0 += duration }
        }
    }

    private let clock = Clock()

    private func bucket(_ perMinute: Int, _ perDay: Int, _ name: BucketName = .public) -> Bucket {
        Bucket(
            name: name, upload: .anyone, analyses: [], allowance: UploadAllowance(perMinute: perMinute, perDay: perDay))
    }

    private func meter(capacity: Int = 100) -> UploadMeter<String> {
        UploadMeter(capacity: capacity, now: { [clock] in clock.now })
    }

    @Test func aMinutesWorthMayComeAtOnceAndIsEarnedBackEvenly() throws {
        let (meter, bucket) = (meter(), bucket(6, 1000))
        for _ in 0..<6 { try meter.take("a", bucket) }
        #expect(throws: IntakeError.rateLimited(perMinute: 6, after: .seconds(10))) { try meter.take("a", bucket) }
        clock.advance(.seconds(4))
        let refusal = try #require(throws: IntakeError.self) { try meter.check("a", bucket) }
        guard case .rateLimited(6, let wait) = refusal else { return #expect(Bool(false), "\(refusal)") }
        #expect(abs(wait / .seconds(1) - 6) < 0.01)
        clock.advance(wait)
        try meter.take("a", bucket)
        #expect(throws: IntakeError.self) { try meter.take("a", bucket) }
        clock.advance(.seconds(600))
        for _ in 0..<6 { try meter.take("a", bucket) }
        #expect(throws: IntakeError.self) { try meter.take("a", bucket) }
    }

    @Test func aDayHasItsQuotaAndBeginsWithTheFirst() throws {
        let (meter, bucket) = (meter(), bucket(1000, 3))
        clock.advance(.seconds(5000))
        for _ in 0..<3 {
            try meter.take("a", bucket)
            clock.advance(.seconds(3600))
        }
        #expect(throws: IntakeError.quotaExceeded(perDay: 3, after: .seconds(75_600))) { try meter.take("a", bucket) }
        clock.advance(.seconds(75_599))
        #expect(throws: IntakeError.self) { try meter.take("a", bucket) }
        clock.advance(.seconds(1))
        for _ in 0..<3 { try meter.take("a", bucket) }
        #expect(throws: IntakeError.quotaExceeded(perDay: 3, after: .seconds(86_400))) { try meter.take("a", bucket) }
    }

    @Test func clientsAndBucketsAreCountedApart() throws {
        let meter = meter()
        try meter.take("a", bucket(1, 1))
        try meter.take("b", bucket(1, 1))
        try meter.take("a", bucket(1, 1, .images))
        #expect(throws: IntakeError.self) { try meter.take("a", bucket(1, 1)) }
    }

    @Test func whatIsGivenBackMayBeSpentAgain() throws {
        let meter = meter()
        try meter.take("a", bucket(1, 1))
        meter.giveBack("a", bucket(1, 1))
        try meter.check("a", bucket(1, 1))
        try meter.take("a", bucket(1, 1))
        meter.giveBack("b", bucket(1, 1))
        #expect(throws: IntakeError.self) { try meter.check("a", bucket(1, 1)) }
    }

    @Test func nothingMayBeAllowed() throws {
        #expect(throws: IntakeError.rateLimited(perMinute: 0, after: .seconds(60))) {
            try meter().take("a", bucket(0, 5))
        }
    }

    @Test func anAllowanceThatChangesHoldsAtOnce() throws {
        let meter = meter()
        for _ in 0..<2 { try meter.take("a", bucket(2, 100)) }
        try meter.take("a", bucket(3, 100))
        #expect(throws: IntakeError.self) { try meter.take("a", bucket(2, 100)) }
    }

    @Test func thoseWhoComeOftenAreRememberedAmongMany() throws {
        let meter = meter(capacity: 10)
        try meter.take("a", bucket(1, 1))
        for number in 0..<1000 {
            try meter.take("stranger \(number)", bucket(1, 1))
            #expect(throws: IntakeError.self) { try meter.check("a", bucket(1, 1)) }
        }
        // Those who have been away for long are not, so that the memory has an end.
        try meter.take("stranger 0", bucket(1, 1))
    }
}
