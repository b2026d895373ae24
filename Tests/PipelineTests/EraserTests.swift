import Domain
import Foundation
import Pipeline
import Testing

@Suite(.timeLimit(.minutes(1)))
struct EraserTests {
    private let catalog = InMemoryCatalog()
    private let objects = FailingObjects()
    private let settlements = Settlements()

    private var eraser: Eraser { Eraser(catalog: catalog, objects: objects, settlements: settlements) }
    private var removal: PhotoRemoval {
        PhotoRemoval(catalog: catalog, objects: objects, settlements: settlements)
    }

    /// A photo in `public`, looked at, with all its objects.
    private func settled(
        _ key: String = "a.jpg", in bucket: BucketName = .public, failure: Failure? = nil
    ) async throws -> PhotoID {
        let id = PhotoID()
        let photo = Photo(
            id: id, bucket: bucket, key: try #require(PhotoKey(key)), content: .init(bytes: 3, sha256: "aa"),
            createdAt: id.time)
        for kind in ObjectKey.Kind.allCases { try await objects.put([1], as: ObjectKey(id, kind)) }
        _ = await catalog.admit(photo, priority: .ordinary)
        let lease = try #require(await catalog.lease(for: .seconds(60)))
        let findings = Findings(
            picture: PictureFacts(width: 4, height: 3, format: .jpeg), analysis: Analysis(states: [:]))
        let outcome: Outcome = failure.map { .failed($0) } ?? .analysed(findings)
        #expect(try await catalog.settle(lease, as: outcome))
        return id
    }

    private func isGone(_ id: PhotoID) async throws -> Bool {
        let photo = try #require(await catalog.photo(id))
        let left = try await objects.kinds(of: id)
        return photo.erasedAt != nil && left.isEmpty
    }

    @Test func whatIsDueIsErasedAndTheRestIsLetAlone() async throws {
        let (gone, kept) = (try await settled(), try await settled("b.jpg", in: .incoming))
        let givenUp = try await settled("c.jpg", failure: Failure(.interrupted, "Stopped."))
        let damaged = try await settled("d.jpg", failure: Failure(.damaged, "It ends early."))
        await eraser.catchUp()
        #expect(try await isGone(gone))
        #expect(try await isGone(damaged))
        for id in [kept, givenUp] {
            #expect(await catalog.photo(id)?.erasedAt == nil)
            #expect(try await objects.kinds(of: id) == ObjectKey.Kind.allCases)
        }
    }

    @Test func aSettledPhotoIsErasedWithoutBeingAskedFor() async throws {
        let pipeline = TestPipeline()
        let eraser = Eraser(
            catalog: pipeline.catalog, objects: pipeline.objects, settlements: pipeline.settlements)
        let lanes = pipeline.lanes([FaultyDecoder()])
        await eraser.start()
        await lanes.start()
        let jpeg = Chunks([TestPipeline.jpeg("x")])
        let id = try await pipeline.intake.receive(jpeg, into: .public, key: nil).photo.id
        while await pipeline.catalog.photo(id)?.erasedAt == nil { await Task.yield() }
        #expect(await pipeline.catalog.photo(id)?.status == .analysed)
        await lanes.stop()
        await eraser.stop()
        #expect(await pipeline.objects.photos(before: .distantFuture).isEmpty)
    }

    @Test func aRuleThatHasChangedHoldsAtOnce() async throws {
        let id = try await settled(in: .incoming)
        let eraser = eraser
        await eraser.start()
        var bucket = Bucket.incoming
        bucket.retention = .deleteAfterAnalysis
        _ = await catalog.keep(bucket)
        eraser.wake()
        while await catalog.photo(id)?.erasedAt == nil { await Task.yield() }
        await eraser.stop()
        #expect(try await isGone(id))
    }

    @Test func aStoreThatIsAwayForAWhileDelaysAndLosesNothing() async throws {
        let ids = [try await settled("a.jpg"), try await settled("b.jpg")]
        let eraser = eraser
        objects.plan(.refuse)
        await eraser.catchUp()
        #expect(await catalog.photo(ids[0])?.erasedAt == nil, "what could not be removed is not said to be gone")
        #expect(try await isGone(ids[1]), "one that fails stops no other")
        await eraser.catchUp()
        #expect(try await isGone(ids[0]))
    }

    @Test func someThatFailDoNotStandInTheWayOfManyOthers() async throws {
        var ids: [PhotoID] = []
        for number in 0..<320 { ids.append(try await settled("\(number).jpg")) }
        objects.plan(.refuse, .refuse, .refuse)
        await eraser.catchUp()
        var left: [PhotoID] = []
        for id in ids where await catalog.photo(id)?.erasedAt == nil { left.append(id) }
        #expect(left.count == 3)
    }

    @Test func killedBetweenTheFilesAndTheRecord() async throws {
        let id = try await settled()
        objects.plan(.breakOff)
        await eraser.catchUp()
        #expect(await catalog.photo(id)?.erasedAt == nil)
        #expect(try await objects.kinds(of: id).isEmpty)
        // The next process knows nothing of this one.
        await eraser.catchUp()
        #expect(try await isGone(id))
    }

    @Test func aThumbnailThatCameInBetweenIsRemovedToo() async throws {
        let id = try await settled()
        objects.afterErasure { [objects] in
            try? await objects.put([1], as: ObjectKey(id, .thumbnail1440))
        }
        await eraser.catchUp()
        #expect(try await isGone(id))
    }

    @Test func whatIsLeftAfterTheRecordIsTriedAgainAndTold() async throws {
        let id = try await settled()
        let proof = RetentionProof(catalog: catalog, objects: objects)
        let eraser = eraser
        objects.plan(.lie, .lie)
        await eraser.catchUp()
        #expect(await catalog.photo(id)?.erasedAt != nil)
        let told = try await proof.look(into: .public)
        #expect(told.erased == 1)
        #expect(told.leftovers == ObjectKey.Kind.allCases.map { ObjectKey(id, $0) })
        await eraser.catchUp()
        #expect(try await isGone(id))
        #expect(try await proof.look(into: .public).leftovers == [])
    }

    @Test func killedAfterTheRecordTheSweepTakesTheRest() async throws {
        let (id, kept) = (try await settled(), try await settled("b.jpg", in: .incoming))
        objects.plan(.lie, .lie)
        await eraser.catchUp()
        #expect(try await !objects.kinds(of: id).isEmpty)
        #expect(try await removal.sweepStrays(before: .distantFuture) == 1)
        #expect(try await isGone(id))
        #expect(try await objects.kinds(of: kept) == ObjectKey.Kind.allCases)
    }

    /// A photo in `public` that nothing can be made of.
    private func failed() async throws -> PhotoID {
        try await settled(failure: Failure(.damaged, "It ends early."))
    }

    @Test func aPhotoWhoseOriginalIsGoingCannotBeTriedAgain() async throws {
        let id = try await failed()
        objects.afterErasure { [catalog] in #expect(await catalog.retry(id) == false) }
        await eraser.catchUp()
        #expect(try await isGone(id))
    }

    @Test func aPhotoThatIsTriedAgainByAnotherRuleIsNotSaidToBeErased() async throws {
        let id = try await failed()
        objects.afterErasure { [catalog] in
            guard let rule = try? await catalog.bucket(.public) else { return }
            var other = rule
            other.retention = .keep
            _ = await catalog.keep(other)
            #expect(await catalog.retry(id))
            _ = await catalog.keep(rule)
        }
        let eraser = eraser
        await eraser.catchUp()
        #expect(await catalog.photo(id)?.erasedAt == nil)
        let again = try #require(await catalog.lease(for: .seconds(60)))
        #expect(try await catalog.settle(again, as: .failed(Failure(.originalMissing, "It is gone."))))
        await eraser.catchUp()
        #expect(await catalog.photo(id)?.erasedAt != nil)
    }
}
