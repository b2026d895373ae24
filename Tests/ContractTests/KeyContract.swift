import Domain
import Foundation
import Testing

@Suite("Catalog by key", .serialized)
struct KeyContract {
    @Test("a photo is found under exactly its key in its bucket", arguments: Implementation.allCases)
    func exact(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        let photo = try Sample.photo("albums/2024/Straße ü 1%.jpg")
        _ = try await catalog.admit(photo)
        let findings = Sample.findings([("Cat", 90)])
        let lease = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(try await catalog.photo(in: .incoming, key: photo.key)?.state == .analysing)
        #expect(try await catalog.settle(lease, as: .analysed(findings)))

        let found = try #require(try await catalog.photo(in: .incoming, key: photo.key))
        #expect(found.id == photo.id)
        #expect(found.state == .analysed(findings))
        for other in ["albums/2024", "albums/2024/straße ü 1%.jpg", "albums/2024/Straße ü 1%.jpg "] {
            let key = try #require(PhotoKey(other))
            #expect(try await catalog.photo(in: .incoming, key: key) == nil, "\(other)")
        }
        let elsewhere = try #require(BucketName("elsewhere"))
        #expect(try await catalog.photo(in: elsewhere, key: photo.key) == nil)
    }

    @Test("a key that was given other bytes leads to the new photo", arguments: Implementation.allCases)
    func replaced(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        _ = try await catalog.admit(try Sample.photo("a.jpg", sha256: "aa"))
        let other = try Sample.photo("a.jpg", sha256: "bb")
        _ = try await catalog.admit(other)
        #expect(try await catalog.photo(in: .incoming, key: other.key)?.id == other.id)
        #expect(try await catalog.delete(other.id))
        #expect(try await catalog.photo(in: .incoming, key: other.key) == nil)
    }
}
