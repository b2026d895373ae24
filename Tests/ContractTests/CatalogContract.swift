import Domain
import Foundation
import Testing

@Suite("Catalog", .serialized)
struct CatalogContract {
    @Test("the bucket incoming is there from the start", arguments: Implementation.allCases)
    func incoming(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        #expect(try await catalog.bucket(.incoming) == .incoming)
        #expect(try await catalog.bucket(try #require(BucketName("nowhere"))) == nil)
    }

    @Test("an admitted photo is queued and reads back as it was", arguments: Implementation.allCases)
    func admit(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        let photo = try Sample.photo("../../strange key ü.jpg")
        #expect(try await catalog.admit(photo) == .admitted)
        let read = try #require(try await catalog.photo(photo.id))
        #expect(read.key == photo.key)
        #expect(read.state == .queued)
        #expect(read.content == photo.content)
        #expect(abs(read.createdAt.timeIntervalSince(photo.createdAt)) < 0.001)
    }

    @Test("the same bytes under the same key are the photo that is there", arguments: Implementation.allCases)
    func present(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        let first = try Sample.photo("a.jpg")
        let again = try Sample.photo("a.jpg")
        _ = try await catalog.admit(first)
        guard case .present(let there) = try await catalog.admit(again) else {
            Issue.record("admitted twice")
            return
        }
        #expect(there.id == first.id)
        #expect(try await catalog.photo(again.id) == nil)
        #expect(try await catalog.depth() == QueueDepth(waiting: 1, leased: 0))
    }

    @Test("the same bytes replace a photo that failed and whose original is gone", arguments: Implementation.allCases)
    func sentAgain(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        for (key, code) in [("missing", Failure.Code.originalMissing), ("erased", .interrupted)] {
            let first = try Sample.photo(key)
            _ = try await catalog.admit(first)
            let lease = try #require(try await catalog.lease(for: .seconds(60)))
            #expect(try await catalog.settle(lease, as: .failed(Failure(code, "It did not go."))))
            if code == .interrupted {
                guard case .present = try await catalog.admit(try Sample.photo(key)) else {
                    Issue.record("replaced while it can be tried again")
                    return
                }
                #expect(try await catalog.erased(first.id))
            }
            #expect(try await catalog.admit(try Sample.photo(key)) == .replaced(first.id))
            _ = try await catalog.lease(for: .seconds(60))
        }
    }

    @Test("other bytes under the same key replace the photo", arguments: Implementation.allCases)
    func replaced(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        let first = try Sample.photo("a.jpg", sha256: "aa")
        let other = try Sample.photo("a.jpg", sha256: "bb")
        try await catalog.addAnalysed(first, labels: [("Cat", 90)])
        #expect(try await catalog.admit(other) == .replaced(first.id))
        #expect(try await catalog.photo(first.id) == nil)
        #expect(try await catalog.photo(other.id)?.state == .queued)
        #expect(try await catalog.labelCounts() == [])
    }

    @Test("where anybody may put photos in, nobody takes another's place", arguments: Implementation.allCases)
    func taken(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        func photo(_ sha256: String) throws -> Photo {
            let id = PhotoID()
            return Photo(
                id: id, bucket: .public, key: try #require(PhotoKey("IMG_0001.jpg")),
                content: .init(bytes: 3, sha256: sha256), createdAt: id.time)
        }
        let first = try photo("aa")
        #expect(try await catalog.admit(first) == .admitted)
        let other = try photo("bb")
        #expect(try await catalog.admit(other) == .taken)
        #expect(try await catalog.photo(other.id) == nil)
        guard case .present(let there) = try await catalog.admit(try photo("aa")) else {
            Issue.record("the same bytes are the photo that is there")
            return
        }
        #expect(there.id == first.id)
    }

    @Test("a settled photo has its findings and no job", arguments: Implementation.allCases)
    func settle(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        let photo = try Sample.photo("a.jpg")
        _ = try await catalog.admit(photo)
        let lease = try #require(try await catalog.lease(for: .seconds(60)))
        var findings = Sample.findings([("Cat", 91.25)])
        findings.picture.takenAt = TakenAt(local: "2024-02-29T12:00:00", offset: "+02:00", source: .exif)
        #expect(try await catalog.settle(lease, as: .analysed(findings)))
        #expect(try await catalog.photo(photo.id)?.state == .analysed(findings))
        #expect(try await catalog.depth() == QueueDepth(waiting: 0, leased: 0))
        #expect(try await catalog.settle(lease, as: .analysed(findings)) == false, "settled twice")
    }

    @Test("vectors are kept apart from the findings", arguments: Implementation.allCases)
    func vectors(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        let photo = try Sample.photo("a.jpg")
        _ = try await catalog.admit(photo)
        #expect(try await catalog.vectors(of: photo.id) == nil)
        var findings = Sample.findings([("Person", 90)])
        findings.analysis.vector = FeatureVector([3, 4])
        findings.analysis.faces = [0.1, 0.2].map { side in
            Face(box: Box(left: side, top: 0, width: side, height: side), confidence: 90)
        }
        findings.analysis.faces[1].vector = FeatureVector([0, 0, 2])
        let lease = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(try await catalog.settle(lease, as: .analysed(findings)))

        #expect(try await catalog.photo(photo.id)?.state == .analysed(findings.withoutVectors))
        let vectors = try #require(try await catalog.vectors(of: photo.id))
        #expect(try #require(vectors.picture).cosine(to: FeatureVector([3, 4])) > 0.999)
        #expect(vectors.faces == [nil, FeatureVector([0, 0, 1])])
        #expect(try await catalog.delete(photo.id))
        #expect(try await catalog.vectors(of: photo.id) == nil)
    }

    @Test("a failed photo keeps its reason", arguments: Implementation.allCases)
    func fail(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        let photo = try Sample.photo("a.jpg")
        _ = try await catalog.admit(photo)
        let lease = try #require(try await catalog.lease(for: .seconds(60)))
        let failure = Failure(.damaged, "The file ends early.")
        #expect(try await catalog.settle(lease, as: .failed(failure)))
        #expect(try await catalog.photo(photo.id)?.state == .failed(failure))
    }

    @Test("a photo deleted while a lane holds it cannot be settled", arguments: Implementation.allCases)
    func deleteWhileLeased(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        let photo = try Sample.photo("a.jpg")
        _ = try await catalog.admit(photo)
        let lease = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(try await catalog.delete(photo.id))
        #expect(try await catalog.delete(photo.id) == false)
        #expect(try await catalog.settle(lease, as: .analysed(Sample.findings([("Cat", 90)]))) == false)
        #expect(try await catalog.photo(photo.id) == nil)
        #expect(try await catalog.labelCounts() == [])
    }
}
