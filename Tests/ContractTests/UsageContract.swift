import Domain
import Foundation
import Testing

@Suite("Usage")
struct UsageContract {
    private func settle(
        _ key: String, _ outcome: Outcome, effort: Duration, in catalog: any Store
    ) async throws -> PhotoID {
        _ = try await catalog.admit(try Sample.photo(key))
        let lease = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(try await catalog.settle(lease, as: outcome, effort: effort))
        return lease.photo.id
    }

    @Test("work is counted by day, also of what failed or is gone since", arguments: Implementation.allCases)
    func days(_ implementation: Implementation) async throws {
        let clock = TestClock()
        let catalog = try implementation.catalog(clock: clock)
        #expect(try await catalog.usage(from: nil, to: nil).isEmpty)
        let first = Usage.day(of: clock.now)
        let id = try await settle("a", .analysed(Sample.findings([])), effort: .milliseconds(1500), in: catalog)
        _ = try await settle("b", .failed(Failure(.damaged, "It ends early.")), effort: .zero, in: catalog)
        #expect(try await catalog.delete(id))
        clock.advance(by: 86_400)
        let second = Usage.day(of: clock.now)
        _ = try await settle("c", .analysed(Sample.findings([])), effort: .milliseconds(250), in: catalog)

        let expected = [
            Usage(day: first, bucket: .incoming, images: 2, analyses: [.labels: 1], effort: .milliseconds(1500)),
            Usage(day: second, bucket: .incoming, images: 1, analyses: [.labels: 1], effort: .milliseconds(250)),
        ]
        #expect(try await catalog.usage(from: nil, to: nil) == expected)
        #expect(try await catalog.usage(from: second, to: nil) == [expected[1]])
        #expect(try await catalog.usage(from: nil, to: first) == [expected[0]])
    }

    @Test("what is stored leaves out what was erased", arguments: Implementation.allCases)
    func stored(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        let id = try await settle("a", .analysed(Sample.findings([])), effort: .zero, in: catalog)
        _ = try await settle("b", .analysed(Sample.findings([])), effort: .zero, in: catalog)
        #expect(try await catalog.erased(id))
        #expect(
            try await catalog.storedAmounts() == [
                StoredAmount(bucket: .incoming, photos: 2, originals: 1, originalBytes: 3)
            ])
    }
}
