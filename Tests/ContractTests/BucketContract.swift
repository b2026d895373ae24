import Domain
import Foundation
import Testing

@Suite("Buckets and their retention")
struct BucketContract {
    private let clock = TestClock()
    private static let day = 86_400.0

    /// The bucket of all samples, with this rule.
    private func incoming(_ retention: Retention) -> Bucket {
        var bucket = Bucket.incoming
        bucket.retention = retention
        return bucket
    }

    /// Puts a photo in and settles it.
    private func settle(
        _ key: String, as outcome: Outcome = .analysed(Sample.findings([("Cat", 90)])), in catalog: any Store
    ) async throws -> PhotoID {
        let photo = try Sample.photo(key, at: clock.now)
        _ = try await catalog.admit(photo)
        let lease = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(try await catalog.settle(lease, as: outcome))
        return photo.id
    }

    @Test("the first buckets are there, and others are kept beside them", arguments: Implementation.allCases)
    func keep(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        #expect(try await catalog.buckets() == Bucket.initial)
        let name = try #require(BucketName("driveway"))
        var bucket = Bucket(
            name: name, upload: .anyone, analyses: [], retention: .days(30), notify: [.owner, .email("a@b.example")],
            origins: [.any], allowance: UploadAllowance(perMinute: 2, perDay: 3))
        #expect(try await catalog.keep(bucket))
        #expect(try await catalog.bucket(name) == bucket)
        bucket.retention = .keep
        bucket.limits = LabelLimits(maxLabels: 3, minConfidence: 50)
        #expect(try await catalog.keep(bucket) == false)
        #expect(try await catalog.bucket(name) == bucket)
        #expect(
            try await catalog.buckets().map(\.name.description) == [
                "driveway", "images", "incoming", "private", "public",
            ])
    }

    @Test("rules are changed only from those they were read as", arguments: Implementation.allCases)
    func changeFromWhatWasRead(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        #expect(try await catalog.change(.incoming, to: incoming(.days(3))))
        #expect(try await catalog.bucket(.incoming) == incoming(.days(3)))
        #expect(try await catalog.change(.incoming, to: incoming(.keep)) == false)
        #expect(try await catalog.bucket(.incoming) == incoming(.days(3)))
        #expect(try await catalog.removeBucket(.incoming) == .removed)
        #expect(try await catalog.change(incoming(.days(3)), to: .incoming) == false)
        #expect(try await catalog.bucket(.incoming) == nil)
    }

    @Test("a retention that is changed holds for what is there", arguments: Implementation.allCases)
    func changeRetention(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog(clock: clock)
        let id = try await settle("a.jpg", in: catalog)
        #expect(try await catalog.change(.incoming, to: incoming(.deleteAfterAnalysis)))
        #expect(try await catalog.dueErasures(limit: 10) == [id])
    }

    @Test("only a bucket without photos can be removed", arguments: Implementation.allCases)
    func remove(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        let photo = try Sample.photo("a.jpg")
        _ = try await catalog.admit(photo)
        #expect(try await catalog.removeBucket(.incoming) == .notEmpty(photos: 1))
        #expect(try await catalog.bucket(.incoming) == .incoming)
        #expect(try await catalog.delete(photo.id))
        #expect(try await catalog.removeBucket(.incoming) == .removed)
        #expect(try await catalog.removeBucket(.incoming) == .unknown)
        #expect(try await catalog.bucket(.incoming) == nil)
        #expect(try await catalog.keep(.incoming))
    }

    @Test("nothing is due before it is settled, and then as the rule says", arguments: Implementation.allCases)
    func due(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog(clock: clock)
        _ = try await catalog.keep(incoming(.deleteAfterAnalysis))
        let photo = try Sample.photo("a.jpg", at: clock.now)
        _ = try await catalog.admit(photo)
        #expect(try await catalog.dueErasures(limit: 9) == [])
        let lease = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(try await catalog.dueErasures(limit: 9) == [])
        #expect(try await catalog.settle(lease, as: .analysed(Sample.findings([]))))
        #expect(try await catalog.dueErasures(limit: 9) == [photo.id])

        clock.advance(by: 1)
        let damaged = try await settle("b.jpg", as: .failed(Failure(.damaged, "It ends early.")), in: catalog)
        let givenUp = try await settle("c.jpg", as: .failed(Failure(.interrupted, "Stopped.")), in: catalog)
        #expect(try await catalog.dueErasures(limit: 9) == [photo.id, damaged])
        #expect(try await catalog.dueErasures(limit: 1) == [photo.id])
        clock.advance(by: Double(Retention.graceDays) * Self.day - 1)
        #expect(try await catalog.dueErasures(limit: 9) == [photo.id, damaged])
        clock.advance(by: 1)
        #expect(try await catalog.dueErasures(limit: 9) == [photo.id, damaged, givenUp])
    }

    @Test("another rule holds for the photos that are there", arguments: Implementation.allCases)
    func change(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog(clock: clock)
        let cat = try await settle("a.jpg", in: catalog)
        let givenUp = try await settle("c.jpg", as: .failed(Failure(.decodeLimit, "Too slow.")), in: catalog)
        let start = clock.now
        clock.advance(by: 2 * Self.day)
        #expect(try await catalog.waitingErasures() == [])

        _ = try await catalog.keep(incoming(.days(3)))
        #expect(try await catalog.dueErasures(limit: 9) == [])
        let created = try #require(try await catalog.photo(cat)).createdAt
        #expect(
            try await catalog.waitingErasures()
                == [WaitingErasures(bucket: .incoming, later: 2, next: created + 3 * Self.day)])
        _ = try await catalog.keep(incoming(.days(1)))
        #expect(Set(try await catalog.dueErasures(limit: 9)) == [cat, givenUp])

        _ = try await catalog.keep(incoming(.deleteAfterAnalysis))
        #expect(try await catalog.dueErasures(limit: 9) == [cat])
        let grace = start + Double(Retention.graceDays) * Self.day
        #expect(
            try await catalog.waitingErasures()
                == [WaitingErasures(bucket: .incoming, due: 1, later: 1, next: grace)])

        _ = try await catalog.keep(incoming(.keep))
        #expect(try await catalog.dueErasures(limit: 9) == [])
        clock.advance(by: 1000 * Self.day)
        #expect(try await catalog.dueErasures(limit: 9) == [])
    }

    @Test("what was erased stays found, without vectors", arguments: Implementation.allCases)
    func erased(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog(clock: clock)
        var findings = Sample.findings([("Cat", 90)])
        findings.analysis.vector = FeatureVector([3, 4])
        let id = try await settle("a.jpg", as: .analysed(findings), in: catalog)
        #expect(try await catalog.vectors(of: id) != nil)
        let before = try #require(try await catalog.photo(id))
        _ = try await catalog.keep(incoming(.deleteAfterAnalysis))
        clock.advance(by: 5)

        #expect(try await catalog.erased(id))
        let photo = try #require(try await catalog.photo(id))
        #expect(photo.erasedAt == clock.now)
        #expect(photo.state == before.state)
        #expect(photo.revision > before.revision)
        #expect(try await catalog.vectors(of: id) == nil)
        #expect(try await catalog.labelCounts() == [LabelCount(name: "Cat", photos: 1)])
        #expect(try await catalog.erasedPhotos(in: .incoming) == [id])
        #expect(try await catalog.erasedPhotos(in: .public) == [])
        #expect(try await catalog.dueErasures(limit: 9) == [])
        #expect(try await catalog.waitingErasures() == [])
        #expect(try await catalog.storedAmounts().map(\.originals) == [0])
        #expect(try await catalog.events(after: 0, limit: 9).last?.kind == .erased)

        #expect(try await catalog.erased(id) == false)
        #expect(try await catalog.photo(id)?.erasedAt == clock.now)
        #expect(try await catalog.erased(PhotoID()) == false)
        #expect(try await catalog.retry(id) == false)
    }

    @Test("an original that is brought back is kept where it would not go at once", arguments: Implementation.allCases)
    func again(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog(clock: clock)
        _ = try await catalog.keep(incoming(.deleteAfterAnalysis))
        let cat = try await settle("a.jpg", in: catalog)
        let damaged = try await settle("b.jpg", as: .failed(Failure(.damaged, "It ends early.")), in: catalog)
        for id in [cat, damaged] { #expect(try await catalog.erased(id)) }

        let there = try #require(try await catalog.photo(cat))
        #expect(try await catalog.admit(try Sample.photo("a.jpg")) == .present(there))
        #expect(try await catalog.admit(try Sample.photo("b.jpg")) == .replaced(damaged), "it may fare better")
        _ = try await catalog.keep(incoming(.keep))
        let back = try Sample.photo("a.jpg")
        #expect(try await catalog.admit(back) == .replaced(cat))
        #expect(
            try await catalog.admit(try Sample.photo("a.jpg"))
                == .present(try #require(try await catalog.photo(back.id))))
    }

    @Test("a photo that is due is not tried again: its original may be going", arguments: Implementation.allCases)
    func dueRetry(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog(clock: clock)
        _ = try await catalog.keep(incoming(.deleteAfterAnalysis))
        let damaged = try await settle("a.jpg", as: .failed(Failure(.damaged, "It ends early.")), in: catalog)
        let givenUp = try await settle("b.jpg", as: .failed(Failure(.interrupted, "Stopped.")), in: catalog)
        #expect(try await catalog.dueErasures(limit: 9) == [damaged])
        #expect(try await catalog.retry(damaged) == false)
        #expect(try await catalog.photo(damaged)?.status == .failed)
        #expect(try await catalog.retry(givenUp), "it has some days")
        #expect(try await catalog.erased(damaged))
    }

    @Test("a photo that is to be looked at again is let alone until that is over", arguments: Implementation.allCases)
    func job(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog(clock: clock)
        _ = try await catalog.keep(incoming(.days(1)))
        let failure = Outcome.failed(Failure(.interrupted, "Stopped."))
        let id = try await settle("a.jpg", as: failure, in: catalog)
        #expect(try await catalog.retry(id))
        clock.advance(by: 2 * Self.day)
        #expect(try await catalog.dueErasures(limit: 9) == [])
        #expect(try await catalog.erased(id) == false)
        let lease = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(try await catalog.dueErasures(limit: 9) == [])
        #expect(try await catalog.erased(id) == false)
        var findings = Sample.findings([("Cat", 90)])
        findings.analysis.vector = FeatureVector([1, 0])
        #expect(try await catalog.settle(lease, as: .analysed(findings)))
        #expect(try await catalog.vectors(of: id) != nil)
        #expect(try await catalog.dueErasures(limit: 9) == [id])
        #expect(try await catalog.erased(id))
    }
}
