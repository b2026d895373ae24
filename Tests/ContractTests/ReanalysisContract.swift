import Domain
import Foundation
import Testing

@Suite("Reanalysis store", .serialized)
struct ReanalysisContract {
    let clock = TestClock()
    let now: ModelsByBucket = [.incoming: "labels=test@2", .images: "labels=test@2"]

    /// Puts photos in, each a second younger than the one before, and has them looked at.
    func add(
        _ keys: [String], to store: any Store, in bucket: BucketName = .incoming, by model: String = "test@1"
    ) async throws -> [PhotoID] {
        var ids: [PhotoID] = []
        for key in keys {
            clock.advance(by: 1)
            let id = PhotoID(at: clock.now)
            let photo = Photo(
                id: id, bucket: bucket, key: try #require(PhotoKey(key)), content: .init(bytes: 3, sha256: key),
                createdAt: id.time)
            _ = try await store.admit(photo)
            try await look(store, by: model)
            ids.append(id)
        }
        return ids
    }

    /// Does what a lane does; answers the photo's key, or `nil` when none is lent.
    @discardableResult
    func look(
        _ store: any Store, by model: String = "test@2", failing failure: Failure? = nil
    ) async throws -> String? {
        guard let lease = try await store.lease(for: .seconds(60)) else { return nil }
        var findings = Sample.findings([("Cat", 90)])
        findings.analysis.models = ["labels": model]
        clock.advance(by: 1)
        #expect(try await store.settle(lease, as: failure.map { .failed($0) } ?? .analysed(findings)))
        return lease.photo.key.description
    }

    /// Looks until nothing is left to be looked at; answers the keys in their order.
    func finish(_ store: any Store, limit: Int = 2) async throws -> [String] {
        var keys: [String] = []
        while try await store.topUpReanalyses(to: limit).goesOn {
            guard let key = try await look(store) else {
                Issue.record("it goes on, and nothing is queued")
                break
            }
            keys.append(key)
        }
        return keys
    }

    func only(_ store: any Store) async throws -> Reanalysis {
        try #require(try await store.reanalyses().first)
    }

    @Test("a few photos at a time, newest first, until all were looked at", arguments: Implementation.allCases)
    func walk(_ implementation: Implementation) async throws {
        let store = try implementation.catalog(clock: clock)
        let ids = try await add(["a", "b", "c", "d", "e"], to: store)
        let start = try await store.startReanalysis(of: nil, staleFor: nil)
        #expect(start.isNew)
        #expect((start.reanalysis.total, start.reanalysis.onlyStale) == (5, false))
        #expect(start.reanalysis.endedAt == nil)
        #expect(try await store.depth() == QueueDepth(waiting: 0, leased: 0))

        #expect(try await store.topUpReanalyses(to: 2) == TopUp(queued: 2, goesOn: true))
        #expect(try await store.topUpReanalyses(to: 2) == TopUp(queued: 0, goesOn: true))
        #expect(try await store.depth() == QueueDepth(waiting: 0, background: 2, leased: 0))
        #expect(try await store.job(of: ids[4])?.priority == .background)
        #expect(try await store.photo(ids[4])?.status == .analysed, "what is known stays to be seen")
        #expect(try await finish(store, limit: 1) == ["d", "e", "c", "b", "a"])
        let ended = try await only(store)
        #expect((ended.total, ended.done, ended.failed, ended.endedAt, ended.isStopped) == (5, 5, 0, clock.now, false))
        #expect(try await store.depth() == QueueDepth(waiting: 0, leased: 0))
    }

    @Test("only what other models looked at is stale", arguments: Implementation.allCases)
    func stale(_ implementation: Implementation) async throws {
        let store = try implementation.catalog(clock: clock)
        let ids = try await add(["old"], to: store) + (try await add(["new"], to: store, by: "test@2"))
        let other = try await add(["other"], to: store, in: .images)
        let before = try #require(try await store.photo(ids[1]))
        #expect(try await store.stalePhotos(for: now) == 2)
        #expect(try await store.stalePhotos(for: [.incoming: "labels=test@2"]) == 1)
        #expect(try await store.stalePhotos(for: [.incoming: "", .images: ""]) == 0, "no model would see anything")

        #expect(try await store.startReanalysis(of: .incoming, staleFor: now).reanalysis.total == 1)
        #expect(try await finish(store) == ["old"])
        #expect(try await store.photo(ids[1]) == before)
        #expect(try await store.photo(other[0])?.revision == 1)
        #expect(try await store.startReanalysis(of: nil, staleFor: now).reanalysis.total == 1)
        #expect(try await finish(store) == ["other"])
        let nothing = try await store.startReanalysis(of: nil, staleFor: now)
        #expect((nothing.reanalysis.total, nothing.reanalysis.endedAt) == (0, clock.now))
        #expect(try await store.topUpReanalyses(to: 9) == TopUp(queued: 0, goesOn: false))
    }

    @Test("one that could not be looked at stops nothing and keeps what was known", arguments: Implementation.allCases)
    func failure(_ implementation: Implementation) async throws {
        let store = try implementation.catalog(clock: clock)
        let ids = try await add(["a", "b", "c"], to: store)
        let number = try await store.startReanalysis(of: nil, staleFor: now).reanalysis.number
        _ = try await store.topUpReanalyses(to: 9)
        let damaged = Failure(.damaged, "It ends early.")
        let known = try #require(try await store.photo(ids[0]))
        #expect(try await look(store, failing: damaged) == "a")
        #expect(try await finish(store).count == 2)
        let ended = try await only(store)
        #expect((ended.total, ended.done, ended.failed) == (3, 2, 1))
        #expect(try await store.photo(ids[0]) == known)
        let failures = try await store.reanalysisFailures(number, limit: 9)
        #expect(failures.map(\.photo) == [ids[0]])
        #expect(failures.first?.failure == damaged)
        #expect(try await store.failureOfSecondLook(at: ids[0]) == damaged)
        #expect(try await store.failureOfSecondLook(at: ids[1]) == nil)
        #expect(try await store.stalePhotos(for: now) == 1)

        #expect(try await store.lookAgain(at: ids[0], priority: .ordinary) == .queued)
        try await look(store)
        #expect(try await store.failureOfSecondLook(at: ids[0]) == nil)
        #expect(try await store.reanalysisFailures(number, limit: 9).count == 1, "what happened then stays")
    }

    @Test("what changes meanwhile leaves it right and never stuck", arguments: Implementation.allCases)
    func changes(_ implementation: Implementation) async throws {
        let store = try implementation.catalog(clock: clock)
        let ids = try await add(["a", "b", "c", "d", "e", "f"], to: store)
        _ = try await store.admit(try Sample.photo("waits", at: clock.now))
        _ = try await store.startReanalysis(of: nil, staleFor: nil)
        #expect(try await look(store) == "waits", "it came before, and is looked at only once")
        _ = try await store.topUpReanalyses(to: 2)
        #expect(try await store.delete(ids[5]), "in the queue")
        #expect(try await store.delete(ids[0]), "still to come")
        #expect(try await store.erased(ids[1]))
        _ = try await add(["later"], to: store)
        #expect(try await store.lookAgain(at: ids[2], priority: .ordinary) == .queued)
        #expect(try await look(store) == "c")
        #expect(try await finish(store) == ["e", "d"])
        let ended = try await only(store)
        #expect((ended.total, ended.done, ended.failed) == (2, 2, 0))
    }

    @Test("stopping takes out what waits; what is held is finished", arguments: Implementation.allCases)
    func stopping(_ implementation: Implementation) async throws {
        let store = try implementation.catalog(clock: clock)
        _ = try await add(["a", "b", "c", "d"], to: store)
        let number = try await store.startReanalysis(of: nil, staleFor: nil).reanalysis.number
        _ = try await store.topUpReanalyses(to: 3)
        let held = try #require(try await store.lease(for: .seconds(60)))
        #expect(try await store.stopReanalysis(number))
        #expect(try await store.stopReanalysis(number) == false)
        #expect(try await store.stopReanalysis(number + 1) == false)
        #expect(try await store.depth() == QueueDepth(waiting: 0, leased: 1))
        #expect(try await store.settle(held, as: .analysed(Sample.findings([]))))
        #expect(try await store.topUpReanalyses(to: 3) == TopUp(queued: 0, goesOn: false))
        let stopped = try await only(store)
        #expect((stopped.total, stopped.done, stopped.isStopped) == (4, 1, true))
        #expect(try await store.startReanalysis(of: nil, staleFor: nil).isNew)
        #expect(try await finish(store).count == 4)
    }

    @Test("the same one is started once; another waits its turn", arguments: Implementation.allCases)
    func turns(_ implementation: Implementation) async throws {
        let store = try implementation.catalog(clock: clock)
        _ = try await add(["a", "b"], to: store)
        _ = try await add(["x"], to: store, in: .images)
        let first = try await store.startReanalysis(of: .incoming, staleFor: nil)
        let same = try await store.startReanalysis(of: .incoming, staleFor: nil)
        #expect((same.isNew, same.reanalysis) == (false, first.reanalysis))
        #expect(try await store.startReanalysis(of: .incoming, staleFor: now).isNew)
        #expect(try await store.startReanalysis(of: nil, staleFor: nil).reanalysis.total == 3)
        #expect(try await finish(store, limit: 5) == ["a", "b", "x"])
        #expect(try await store.reanalyses().map(\.done) == [1, 0, 2], "newest first; no photo is looked at twice")
    }
}
