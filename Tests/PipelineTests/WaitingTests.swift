import Domain
import Foundation
import Pipeline
import Testing

@Suite(.timeLimit(.minutes(1)))
struct WaitingTests {
    private let pipeline = TestPipeline()

    @Test func whoWaitsInVainGetsThePhotoAsItStands() async throws {
        let photo = try await pipeline.add("x")
        let result = try await pipeline.settlements.photo(photo.id, within: .milliseconds(20)) { [pipeline] in
            await pipeline.catalog.photo(photo.id)
        }
        #expect(result?.state == .queued)
    }

    @Test func manyMayWaitForOnePhoto() async throws {
        let photo = try await pipeline.add("x")
        let lanes = pipeline.lanes([FaultyDecoder()])
        try await withThrowingTaskGroup(of: Photo?.self) { group in
            for _ in 0..<20 { group.addTask { [pipeline] in try await pipeline.settled(photo) } }
            await lanes.start()
            for try await result in group { #expect(result?.isSettled == true) }
        }
        await lanes.stop()
    }

    @Test func aDeletedPhotoEndsTheWaiting() async throws {
        let photo = try await pipeline.add("x")
        async let waiting = pipeline.settled(photo)
        #expect(try await pipeline.removal.remove(photo.id))
        #expect(try await waiting == nil)
    }

    @Test func aRingBetweenLookingAndWaitingIsNotMissed() async {
        let bell = Bell()
        let mark = bell.mark
        bell.ring()
        await bell.wait(past: mark)
        #expect(bell.mark == mark + 1)
    }

    @Test func aCancelledTaskStopsWaiting() async {
        let bell = Bell()
        let task = Task { await bell.wait(past: 0) }
        task.cancel()
        await task.value
        #expect(bell.mark == 0)
    }

    @Test func aSweepRemovesStraysAndNothingElse() async throws {
        let known = try await pipeline.add("x")
        let stray = PhotoID()
        try await pipeline.objects.put([1], as: ObjectKey(stray, .original))
        #expect(try await pipeline.removal.sweepStrays(before: .distantPast) == 0)
        #expect(try await pipeline.removal.sweepStrays(before: .distantFuture) == 1)
        #expect(await pipeline.objects.photos(before: .distantFuture) == [known.id])
    }
}
