import Domain
import Foundation
import Testing

@Suite("What a settlement tells", .serialized)
struct TellingContract {
    private let hook = Recipient("https://example.org/hook")

    private func catalog(_ implementation: Implementation) async throws -> any Store {
        let catalog = try implementation.catalog()
        var bucket = Bucket.incoming
        bucket.notify = [.owner, try #require(hook)]
        _ = try await catalog.keep(bucket)
        return catalog
    }

    private func told(_ catalog: any Store) async throws -> [String] {
        try await catalog.deliveries(limit: 100).map { "\($0.announcement.type.rawValue) \($0.recipient)" }
    }

    @Test("everybody whom the bucket names, in the same step", arguments: Implementation.allCases)
    func analysed(_ implementation: Implementation) async throws {
        let catalog = try await catalog(implementation)
        let photo = try Sample.photo("x")
        try await catalog.addAnalysed(photo, labels: [("Car", 90)])
        #expect(try await told(catalog) == ["photo.analysed owner", "photo.analysed https://example.org/hook"])
        let document = try #require(try await catalog.deliveries(limit: 1).first?.announcement.photo)
        #expect(document.id == photo.id && document.analysis?.labels.map(\.name) == ["Car"])
        #expect(document.settledAt != nil)
    }

    @Test("also that a photo failed, and each time it is tried again", arguments: Implementation.allCases)
    func failed(_ implementation: Implementation) async throws {
        let catalog = try await catalog(implementation)
        let photo = try Sample.photo("x")
        _ = try await catalog.admit(photo)
        for _ in 0..<2 {
            let lease = try #require(try await catalog.lease(for: .seconds(60)))
            #expect(try await catalog.settle(lease, as: .failed(Failure(.damaged, "It ends early."))))
            #expect(try await catalog.retry(photo.id))
        }
        #expect(try await told(catalog).filter { $0 == "photo.failed owner" }.count == 2)
        let deliveries = try await catalog.deliveries(limit: 9)
        #expect(Set(deliveries.map(\.key)).count == 4)
        #expect(deliveries.first?.announcement.photo?.error?.message == "It ends early.")
    }

    @Test("a photo that is looked at again was told of already", arguments: Implementation.allCases)
    func again(_ implementation: Implementation) async throws {
        let catalog = try await catalog(implementation)
        _ = try await catalog.keep(
            AlertRule(
                name: try #require(AlertName("cars")), condition: .label("Car", minConfidence: 50), notify: [.owner]))
        let photo = try Sample.photo("x")
        try await catalog.addAnalysed(photo, labels: [("Tree", 90)])
        for delivery in try await catalog.deliveries(limit: 9) { try await catalog.delivered(delivery.key) }
        _ = try await catalog.startReanalysis(of: nil, staleFor: nil)
        _ = try await catalog.topUpReanalyses(to: 5)
        let lease = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(try await catalog.settle(lease, as: .analysed(Sample.findings([("Car", 99)]))))
        #expect(try await told(catalog) == [])
        #expect(try await catalog.alerts().first?.spoken == 0)
    }

    @Test("a settlement that came too late tells nothing", arguments: Implementation.allCases)
    func late(_ implementation: Implementation) async throws {
        let catalog = try await catalog(implementation)
        _ = try await catalog.admit(try Sample.photo("x"))
        let lease = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(try await catalog.settle(lease, as: .analysed(Sample.findings([("Car", 99)]))))
        #expect(try await catalog.settle(lease, as: .analysed(Sample.findings([("Car", 99)]))) == false)
        #expect(try await told(catalog).count == 2)
    }

    @Test("what is told of a photo outlasts it", arguments: Implementation.allCases)
    func deleted(_ implementation: Implementation) async throws {
        let catalog = try await catalog(implementation)
        let photo = try Sample.photo("x")
        try await catalog.addAnalysed(photo, labels: [("Car", 90)])
        #expect(try await catalog.delete(photo.id))
        #expect(try await catalog.due(excluding: [], limit: 9).count == 2)
        #expect(try await catalog.deliveries(limit: 1).first?.announcement.photo?.analysis?.labels.first?.name == "Car")
    }
}
