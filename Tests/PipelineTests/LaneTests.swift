import Domain
import Foundation
import Pipeline
import Telemetry
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LaneTests {
    private let pipeline = TestPipeline()
    private let crash = ProcessingError.crash(Failure(.decoderCrashed, "It brings the decoder down."))

    private func isAnalysed(_ photo: Photo?) -> Bool {
        guard case .analysed(let findings) = photo?.state else { return false }
        return findings.analysis.labels.map(\.name) == ["Thing"] && findings.analysis.states[.labels] == .done
    }

    @Test func aPhotoIsSeenThrough() async throws {
        let lanes = pipeline.lanes([FaultyDecoder()])
        await lanes.start()
        let photo = try await pipeline.add("x")
        #expect(isAnalysed(try await pipeline.settled(photo)))
        let thumbnail = try await pipeline.objects.open(ObjectKey(photo.id, .thumbnail256))
        #expect(thumbnail?.head(100) == Array("thumbnail".utf8))
        #expect(await pipeline.catalog.depth() == QueueDepth(waiting: 0, leased: 0))
        await lanes.stop()
    }

    @Test func aPermanentFailureIsRecordedAndNeverRetried() async throws {
        let failure = Failure(.damaged, "The file ends early.")
        let decoder = FaultyDecoder([TestPipeline.jpeg("bad"): [.fail(.permanent(failure))]])
        let lanes = pipeline.lanes([decoder])
        let photo = try await pipeline.add("bad")
        await lanes.start()
        #expect(try await pipeline.settled(photo)?.state == .failed(failure))
        await lanes.stop()
    }

    @Test func aPhotoThatKillsADecoderIsRetriedAndItsNeighboursNeverNotice() async throws {
        let decoder = FaultyDecoder([TestPipeline.jpeg("bad"): [.fail(crash), .fail(crash)]])
        var photos: [Photo] = []
        for tail in ["a", "bad", "c", "d"] { photos.append(try await pipeline.add(tail)) }
        let lanes = pipeline.lanes([decoder])
        await lanes.start()
        for photo in photos { #expect(isAnalysed(try await pipeline.settled(photo))) }
        await lanes.stop()
        #expect(pipeline.metrics.exposition().contains(#"fovea_photos_retried_total{cause="crash"} 2.0"#))
    }

    @Test func afterThreeCrashesAPhotoIsGivenUp() async throws {
        let decoder = FaultyDecoder([TestPipeline.jpeg("bad"): [.fail(crash), .fail(crash), .fail(crash)]])
        let (bad, good) = (try await pipeline.add("bad"), try await pipeline.add("good"))
        let lanes = pipeline.lanes([decoder])
        await lanes.start()
        guard case .failed(let failure) = try await pipeline.settled(bad)?.state else {
            Issue.record("not given up")
            return
        }
        #expect(failure.code == .decoderCrashed)
        #expect(isAnalysed(try await pipeline.settled(good)))
        await lanes.stop()
    }

    @Test func aPhotoWhoseOriginalIsGoneSaysSo() async throws {
        let photo = try await pipeline.add("x")
        await pipeline.objects.remove(ObjectKey(photo.id, .original))
        let lanes = pipeline.lanes([FaultyDecoder()])
        await lanes.start()
        guard case .failed(let failure) = try await pipeline.settled(photo)?.state else {
            Issue.record("not failed")
            return
        }
        #expect(failure.code == .originalMissing)
        await lanes.stop()
    }

    @Test func aPhotoDeletedWhileItIsLookedAtLeavesNothing() async throws {
        let photo = try await pipeline.add("x")
        let lanes = pipeline.lanes([
            FaultyDecoder(onDecode: { [pipeline] in _ = try? await pipeline.removal.remove(photo.id) })
        ])
        await lanes.start()
        let other = try await pipeline.add("y")
        #expect(try await pipeline.settled(photo) == nil)
        _ = try await pipeline.settled(other)
        await lanes.stop()
        #expect(await pipeline.objects.photos(before: .distantFuture) == [other.id])
    }

    @Test func stoppingFinishesThePhotoInHandAndTakesNoOther() async throws {
        let started = Bell()
        let never = Bell()
        let lanes = pipeline.lanes([
            FaultyDecoder(onDecode: {
                started.ring()
                // Ends when the lane is told to stop, and not before.
                await never.wait(past: 0)
            })
        ])
        let (first, second) = (try await pipeline.add("1"), try await pipeline.add("2"))
        await lanes.start()
        await started.wait(past: 0)
        await lanes.stop()
        #expect(isAnalysed(await pipeline.catalog.photo(first.id)))
        #expect(await pipeline.catalog.photo(second.id)?.state == .queued)
    }

    @Test func theNextPhotoIsDecodedWhileThisOneIsSeen() async throws {
        let decoded = Bell()
        let lanes = pipeline.lanes([FaultyDecoder(onDecode: { decoded.ring() })]) {
            // Goes on only once a second picture is being decoded.
            while decoded.mark < 2 { await decoded.wait(past: 1) }
        }
        let photos = [try await pipeline.add("1"), try await pipeline.add("2")]
        await lanes.start()
        for photo in photos { #expect(isAnalysed(try await pipeline.settled(photo))) }
        await lanes.stop()
    }

    @Test func aPhotoOverWhichTheServiceStoppedAgainAndAgainIsGivenUp() async throws {
        let photo = try await pipeline.add("x")
        for _ in 0..<9 { #expect(try await pipeline.catalog.lease(for: .zero) != nil) }
        let lanes = pipeline.lanes([FaultyDecoder()])
        await lanes.start()
        guard case .failed(let failure) = try await pipeline.settled(photo)?.state else {
            Issue.record("not given up")
            return
        }
        #expect(failure.code == .interrupted)
        #expect(failure.message.contains("stopped 8 times"))
        await lanes.stop()
    }

    @Test func aPausedQueueRestsUntilItIsResumed() async throws {
        let control = QueueControl(queue: pipeline.catalog, index: pipeline.catalog, bell: pipeline.bell)
        try await control.pause()
        let lanes = pipeline.lanes([FaultyDecoder()])
        await lanes.start()
        let photo = try await pipeline.add("x")
        #expect(try await pipeline.settlements.photo(photo.id, within: .zero) { photo }?.state == .queued)
        try await control.resume()
        #expect(isAnalysed(try await pipeline.settled(photo)))
        await lanes.stop()
    }
}
