import Domain
import Foundation
import Pipeline
import Testing

struct DeliveryPaceTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)
    private let away = DeliveryError.transient(reason: "It is away.", retryAfter: nil)

    private func delivery(tries: Int = 0) -> Delivery {
        Delivery(
            key: DeliveryKey(), recipient: .owner, announcement: Announcement(.test, at: start), createdAt: start,
            tries: tries)
    }

    private func pause(_ tries: Int, _ pace: DeliveryPace) -> TimeInterval? {
        pace.retryDate(of: delivery(tries: tries), after: away, at: start)?.timeIntervalSince(start)
    }

    @Test func theLongestPauseDoublesUpToAnHour() {
        let pace = DeliveryPace { $0.upperBound }
        #expect([0, 1, 2, 9, 10, 11, 12, 5000].map { pause($0, pace) } == [2, 4, 8, 1024, 2048, 3600, 3600, 3600])
    }

    @Test func thePauseIsSomewhereBetweenNoneAndTheLongest() throws {
        #expect(pause(5, DeliveryPace { $0.lowerBound }) == 0)
        let pauses = (0..<200).compactMap { _ in pause(5, DeliveryPace()) }
        #expect(pauses.count == 200 && pauses.allSatisfy { (0...64).contains($0) })
        #expect(Set(pauses).count > 100)
    }

    @Test func whoSaysWhenIsNotAskedBefore() {
        let pace = DeliveryPace { $0.upperBound }
        func date(after seconds: Int) -> Date? {
            pace.retryDate(of: delivery(), after: .transient(reason: "", retryAfter: .seconds(seconds)), at: start)
        }
        #expect(date(after: 600) == start + 600)
        #expect(date(after: 1) == start + 2)
        #expect(date(after: 4 * 86_400) == nil)
    }

    @Test func itIsTriedOnceMoreAtTheEndAndThenGivenUp() {
        let pace = DeliveryPace { $0.upperBound }
        let end = start + DeliveryPace.lifetime
        #expect(pace.retryDate(of: delivery(tries: 50), after: away, at: end - 60) == end)
        #expect(pace.retryDate(of: delivery(tries: 50), after: away, at: end) == nil)
    }

    @Test func whatIsRefusedIsNotTriedAgain() {
        #expect(DeliveryPace().retryDate(of: delivery(), after: .permanent(reason: "No."), at: start) == nil)
    }
}
