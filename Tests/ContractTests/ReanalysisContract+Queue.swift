import Domain
import Testing

/// What photos that are looked at again are to the queue.
extension ReanalysisContract {
    @Test("one photo, and why not", arguments: Implementation.allCases)
    func one(_ implementation: Implementation) async throws {
        let store = try implementation.catalog(clock: clock)
        let ids = try await add(["a", "b"], to: store)
        #expect(try await store.lookAgain(at: ids[0], priority: .ordinary) == .queued)
        #expect(try await store.lookAgain(at: ids[0], priority: .ordinary) == .waitsAlready)
        #expect(try await store.depth() == QueueDepth(waiting: 1, leased: 0))
        _ = try await store.startReanalysis(of: nil, staleFor: nil)
        _ = try await store.topUpReanalyses(to: 5)
        #expect(try await store.lookAgain(at: ids[1], priority: .awaited) == .queued, "it goes first now")
        #expect(try await look(store) == "b")
        let held = try #require(try await store.lease(for: .seconds(60)))
        #expect(try await store.lookAgain(at: ids[0], priority: .awaited) == .waitsAlready)
        #expect(try await store.settle(held, as: .analysed(Sample.findings([]))))
        #expect(try await store.topUpReanalyses(to: 5).goesOn == false)
        #expect(try await store.erased(ids[1]))
        #expect(try await store.lookAgain(at: ids[1], priority: .ordinary) == .erased)
        let waiting = try Sample.photo("new", at: clock.now)
        _ = try await store.admit(waiting)
        #expect(try await store.lookAgain(at: waiting.id, priority: .ordinary) == .notLookedAt)
        #expect(try await store.lookAgain(at: PhotoID(), priority: .ordinary) == .unknown)
    }

    @Test("only so many are lent in the background at a time; new photos go first", arguments: Implementation.allCases)
    func lending(_ implementation: Implementation) async throws {
        let store = try implementation.catalog(clock: clock)
        let ids = try await add(["a", "b", "c"], to: store)
        _ = try await store.startReanalysis(of: nil, staleFor: nil)
        _ = try await store.topUpReanalyses(to: 9)
        let first = try #require(try await store.lease(for: .seconds(60), background: 1))
        #expect(first.photo.id == ids[0])
        #expect(try await store.lease(for: .seconds(60), background: 1) == nil)
        _ = try await store.admit(try Sample.photo("new", at: clock.now), priority: .batch)
        #expect(try await store.lease(for: .seconds(60), background: 1)?.photo.key.description == "new")
        #expect(try await store.settle(first, as: .analysed(Sample.findings([]))))
        #expect(try await store.lease(for: .seconds(60), background: 1)?.photo.id == ids[1])
    }

    @Test("the same bytes change nothing while it waits; others replace it", arguments: Implementation.allCases)
    func sameAgain(_ implementation: Implementation) async throws {
        let store = try implementation.catalog(clock: clock)
        let ids = try await add(["a"], to: store)
        _ = try await store.startReanalysis(of: nil, staleFor: nil)
        _ = try await store.topUpReanalyses(to: 9)
        let same = try Sample.photo("a", sha256: "a", at: clock.now)
        let there = try #require(try await store.photo(ids[0]))
        #expect(try await store.admit(same, priority: .awaited) == .present(there))
        #expect(try await store.job(of: ids[0])?.priority == .background)
        let other = try Sample.photo("a", sha256: "other", at: clock.now)
        #expect(try await store.admit(other, priority: .awaited) == .replaced(ids[0]))
        #expect(try await look(store) == "a")
        #expect(try await store.topUpReanalyses(to: 9) == TopUp(queued: 0, goesOn: false))
        #expect(try await only(store).total == 0)
    }

    @Test("a photo over which a lane was lost is looked at again, and counted once", arguments: Implementation.allCases)
    func lostLane(_ implementation: Implementation) async throws {
        let store = try implementation.catalog(clock: clock)
        _ = try await add(["a"], to: store)
        _ = try await store.startReanalysis(of: nil, staleFor: nil)
        _ = try await store.topUpReanalyses(to: 9)
        let lost = try #require(try await store.lease(for: .seconds(60)))
        clock.advance(by: 61)
        #expect(try await store.topUpReanalyses(to: 9).goesOn)
        try await look(store)
        #expect(try await store.settle(lost, as: .analysed(Sample.findings([]))) == false)
        #expect(try await store.topUpReanalyses(to: 9).goesOn == false)
        #expect(try await only(store).done == 1)
    }
}
