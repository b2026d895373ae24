import Domain
import Foundation
import Pipeline
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LargeThumbnailsTests {
    private let pipeline = TestPipeline()

    private func thumbnails(_ decoder: any PictureDecoder) -> LargeThumbnails {
        LargeThumbnails(
            decoder: decoder, catalog: pipeline.catalog, objects: pipeline.objects, metrics: pipeline.metrics)
    }

    @Test func itIsMadeOnceForAllWhoAskAtTheSameTime() async throws {
        let photo = try await pipeline.add("x")
        let tally = Tally()
        let decoder = FaultyDecoder(onDecode: {
            tally.decodes.add(1, ordering: .relaxed)
            // Not before all have asked.
            while tally.asked.load(ordering: .relaxed) < 20 { await Task.yield() }
        })
        let thumbnails = thumbnails(decoder)
        try await withThrowingTaskGroup(of: OpenFile?.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    tally.asked.add(1, ordering: .relaxed)
                    return try await thumbnails.file(of: photo.id)
                }
            }
            for try await file in group { #expect(file?.head(100) == Array("thumbnail".utf8)) }
        }
        #expect(try await thumbnails.file(of: photo.id) != nil)
        #expect(tally.decodes.load(ordering: .relaxed) == 1)
    }

    @Test func itIsMadeForTheOthersWhenTheFirstGoesAway() async throws {
        let photo = try await pipeline.add("x")
        let (started, finish) = (Bell(), Bell())
        let thumbnails = thumbnails(
            FaultyDecoder(onDecode: {
                started.ring()
                await finish.wait(past: 0)
            }))
        let first = Task { try await thumbnails.file(of: photo.id) }
        await started.wait(past: 0)
        first.cancel()
        async let second = thumbnails.file(of: photo.id)
        finish.ring()
        #expect(try await second?.head(100) == Array("thumbnail".utf8))
    }

    @Test func aFailureIsToldAndTheNextRequestTriesAgain() async throws {
        let photo = try await pipeline.add("bad")
        let failure = ProcessingError.crash(Failure(.decodeLimit, "It took too long."))
        let thumbnails = thumbnails(FaultyDecoder([TestPipeline.jpeg("bad"): [.fail(failure)]]))
        await #expect(throws: failure) { try await thumbnails.file(of: photo.id) }
        #expect(try await thumbnails.file(of: photo.id) != nil)
    }

    @Test func aPhotoDeletedMeanwhileLeavesNothing() async throws {
        let photo = try await pipeline.add("x")
        let thumbnails = thumbnails(
            FaultyDecoder(onDecode: { [pipeline] in _ = try? await pipeline.removal.remove(photo.id) }))
        #expect(try await thumbnails.file(of: photo.id) == nil)
        #expect(await pipeline.objects.photos(before: .distantFuture).isEmpty)
        #expect(try await thumbnails.file(of: photo.id) == nil)
    }

    @Test func aPhotoErasedMeanwhileLeavesNothing() async throws {
        var bucket = Bucket.incoming
        bucket.retention = .deleteAfterAnalysis
        _ = await pipeline.catalog.keep(bucket)
        let photo = try await pipeline.add("x")
        let lease = try #require(await pipeline.catalog.lease(for: .seconds(60)))
        #expect(try await pipeline.catalog.settle(lease, as: .failed(Failure(.damaged, "It ends early."))))
        let eraser = Eraser(
            catalog: pipeline.catalog, objects: pipeline.objects, settlements: pipeline.settlements)
        let thumbnails = thumbnails(FaultyDecoder(onDecode: { await eraser.catchUp() }))
        #expect(try await thumbnails.file(of: photo.id) == nil)
        #expect(await pipeline.catalog.photo(photo.id)?.erasedAt != nil)
        #expect(await pipeline.objects.photos(before: .distantFuture).isEmpty)
        #expect(try await thumbnails.file(of: photo.id) == nil)
    }

    @Test func aPoolDecodesAsManyAtATimeAsItHasDecoders() async throws {
        let crowd = Crowd()
        let decoder = FaultyDecoder(onDecode: {
            await crowd.enter()
            for _ in 0..<50 { await Task.yield() }
            await crowd.leave()
        })
        let pool = DecoderPool([decoder, decoder])
        let photo = try await pipeline.add("x")
        try await withThrowingTaskGroup(of: DecodedPicture.self) { group in
            for _ in 0..<30 {
                group.addTask { [pipeline] in
                    let file = try #require(await pipeline.objects.open(ObjectKey(photo.id, .original)))
                    return try await pool.decode(file, for: DecodeOrder(thumbnailSide: 9, views: []))
                }
            }
            for try await picture in group { #expect(picture.thumbnail != nil) }
        }
        #expect(await crowd.most == 2)
    }
}

private final class Tally: Sendable {
    let decodes = Atomic(0)
    let asked = Atomic(0)
}

private actor Crowd {
    private var now = 0
    private(set) var most = 0

    func enter() {
        now += 1
        most = max(most, now)
    }

    func leave() {
        now -= 1
    }
}
