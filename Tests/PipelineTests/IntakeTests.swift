import Domain
import Foundation
import LocalStore
import Pipeline
import Telemetry
import Testing

@Suite struct IntakeTests {
    private let pipeline = TestPipeline()

    @Test func bytesAreCountedHashedAndKept() async throws {
        let pieces: [[UInt8]] = [[0xFF], [0xD8, 0xFF, 0xE0], Array("abc".utf8)]
        let receipt = try await pipeline.intake.receive(Chunks(pieces), into: .incoming, key: PhotoKey("a.jpg"))
        #expect(receipt.isNew)
        #expect(receipt.photo.content.bytes == 7)
        #expect(
            receipt.photo.content.sha256 == "964dbefaad551579b528d6dcd6d448aecba5f9017e9bf4c291c257aa10389b78")
        let file = try #require(try await opened(ObjectKey(receipt.photo.id, .original)))
        #expect(file.head(100) == pieces.flatMap { $0 })
        #expect(await pipeline.catalog.depth() == QueueDepth(waiting: 1, leased: 0))
    }

    private func opened(_ key: ObjectKey) async throws -> OpenFile? {
        try await pipeline.objects.open(key)
    }

    @Test func withoutAKeyTheIDAndKindAreTheKey() async throws {
        let photo = try await pipeline.add("x")
        #expect(photo.key.description == "\(photo.id).jpg")
    }

    @Test func theSameBytesAgainAreThePhotoThatIsThere() async throws {
        let first = try await pipeline.add("same", key: "a")
        let again = try await pipeline.intake.receive(
            Chunks([TestPipeline.jpeg("same")]), into: .incoming, key: PhotoKey("a"))
        #expect(!again.isNew)
        #expect(again.photo.id == first.id)
        #expect(await pipeline.objects.photos(before: .distantFuture) == [first.id], "a second file was kept")
    }

    @Test func otherBytesReplaceThePhotoAndItsFiles() async throws {
        let first = try await pipeline.add("one", key: "a")
        let second = try await pipeline.add("two", key: "a")
        #expect(await pipeline.catalog.photo(first.id) == nil)
        #expect(await pipeline.objects.photos(before: .distantFuture) == [second.id])
    }

    @Test func whereAnybodyMayUploadNobodyTakesAnothersPlace() async throws {
        func put(_ tail: String) async throws -> Receipt {
            try await pipeline.intake.receive(
                Chunks([TestPipeline.jpeg(tail)]), into: .public, key: PhotoKey("IMG_0001.jpg"))
        }
        let first = try await put("mine")
        let second = try await put("another's")
        #expect(first.photo.key.description == "IMG_0001.jpg")
        #expect(second.isNew && second.photo.key.description == "\(second.photo.id)-IMG_0001.jpg")
        #expect(await pipeline.catalog.photo(first.photo.id) != nil)
        #expect(await pipeline.catalog.photo(second.photo.id)?.key == second.photo.key)
        #expect(try await !put("mine").isNew)
    }

    @Test func refusalsKeepNothing() async throws {
        let refused: [(Chunks, IntakeError)] = [
            (Chunks([]), .empty),
            (Chunks([TestPipeline.jpeg(String(repeating: "x", count: 996)), [1]]), .tooLarge(limit: 1000)),
            (Chunks([Array("%PDF-1.7".utf8)]), .refused(.unrecognised(Array("%PDF-1.7".utf8)))),
        ]
        for (body, expected) in refused {
            await #expect(throws: expected) {
                try await pipeline.intake.receive(body, into: .incoming, key: nil)
            }
        }
        await #expect(throws: Chunks.BrokenOff.self) {
            try await pipeline.intake.receive(
                Chunks([TestPipeline.jpeg("half")], breaksOff: true), into: .incoming, key: nil)
        }
        #expect(await pipeline.objects.photos(before: .distantFuture).isEmpty)
        #expect(await pipeline.catalog.depth() == QueueDepth(waiting: 0, leased: 0))
        #expect(pipeline.metrics.exposition().contains("fovea_photos_refused_total 4.0"))
    }

    @Test func exactlyTheLimitIsAccepted() async throws {
        let photo = try await pipeline.add(String(repeating: "x", count: 996))
        #expect(photo.content.bytes == 1000)
    }

    @Test func aNearlyFullDiskTakesNothingIn() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/fovea-\(UUID().uuidString)"
        let objects = try LocalObjectStore(root: folder)
        let free = try #require(try await objects.freeBytes())
        let intake = Intake(
            objects: objects, catalog: pipeline.catalog, queue: pipeline.catalog, bell: pipeline.bell,
            metrics: pipeline.metrics, limits: IntakeLimits(reservedBytes: free * 2))
        let error = await #expect(throws: IntakeError.self) {
            try await intake.receive(Chunks([TestPipeline.jpeg("x")]), into: .incoming, key: nil)
        }
        guard case .diskLow(_, reserved: free * 2) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(await pipeline.catalog.depth().waiting == 0)
    }
}
