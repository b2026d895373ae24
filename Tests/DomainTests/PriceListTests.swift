import Domain
import Foundation
import Testing

@Suite struct PriceListTests {
    private func day(_ day: String, _ kind: AnalysisKind, _ count: Int) -> Usage {
        Usage(day: day, bucket: .incoming, images: count, analyses: [kind: count])
    }

    private func cost(_ days: Usage...) -> Double { PriceList.published.cost(of: days) }

    @Test func eachLookCosts() {
        #expect(abs(cost(day("2026-01-01", .labels, 1000)) - 1) < 1e-9)
        #expect(cost() == 0)
    }

    @Test func operationsOfAGroupShareItsTiers() {
        // The first million at 0.001, what is beyond at 0.0008.
        let both = cost(day("2026-01-01", .labels, 1_000_000), day("2026-01-31", .faces, 1_000_000))
        #expect(abs(both - 1800) < 1e-6)
        let apart = cost(day("2026-01-01", .labels, 1_000_000), day("2026-01-31", .people, 1_000_000))
        #expect(abs(apart - 2000) < 1e-6)
    }

    @Test func everyMonthBeginsAnew() {
        let two = cost(day("2026-01-31", .labels, 1_000_000), day("2026-02-01", .labels, 1_000_000))
        #expect(abs(two - 2000) < 1e-6)
    }

    @Test func theLastTierHasNoEnd() {
        let all = cost(day("2026-01-01", .text, 40_000_000))
        #expect(abs(all - (1000 + 3200 + 18_000 + 5_000_000 * 0.00025)) < 1e-6)
    }

    @Test func aFileOfPricesReadsBack() throws {
        let json = try JSONEncoder().encode(PriceList.published)
        #expect(try JSONDecoder().decode(PriceList.self, from: json) == .published)
    }
}
