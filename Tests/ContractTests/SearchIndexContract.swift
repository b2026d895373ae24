import Domain
import Foundation
import Testing

@Suite("SearchIndex", .serialized)
struct SearchIndexContract {
    private typealias Store = any Catalog & JobQueue & SearchIndex

    /// Five photos, oldest first.
    private func filled(_ implementation: Implementation) async throws -> Store {
        let catalog = try implementation.catalog()
        let photos: [(String, [(String, Double)])] = [
            ("tabby.jpg", [("Cat", 97), ("Animal", 99)]),
            ("rex at the beach.jpg", [("Dog", 95), ("Animal", 98), ("Beach", 55)]),
            ("maybe.jpg", [("Dog", 40), ("Animal", 60)]),
            ("mug.jpg", [("Coffee Cup", 90), ("Cup", 93)]),
            ("IMG_2034.HEIC", []),
        ]
        for (offset, (key, labels)) in photos.enumerated() {
            let photo = try Sample.photo(key, at: Date(timeIntervalSince1970: 1_700_000_000 + Double(offset)))
            try await catalog.addAnalysed(photo, labels: labels)
        }
        return catalog
    }

    private func keys(_ store: Store, _ query: PhotoQuery) async throws -> [String] {
        try await store.photos(matching: query, after: nil, limit: 100).photos.map(\.key.description)
    }

    @Test("without conditions, every photo, newest first", arguments: Implementation.allCases)
    func all(_ implementation: Implementation) async throws {
        let store = try await filled(implementation)
        let found = try await keys(store, PhotoQuery())
        #expect(found == ["IMG_2034.HEIC", "mug.jpg", "maybe.jpg", "rex at the beach.jpg", "tabby.jpg"])
    }

    @Test("a label that comes twice counts once, as surely as the surer", arguments: Implementation.allCases)
    func twice(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        let photo = try Sample.photo("a")
        try await catalog.addAnalysed(photo, labels: [("Cat", 30), ("Cat", 90), ("Cat", 60)])
        #expect(try await catalog.labelCounts().map(\.photos) == [1])
        #expect(try await keys(catalog, PhotoQuery(labels: ["Cat"], minConfidence: 85)) == ["a"])
        #expect(try await catalog.delete(photo.id))
        #expect(try await catalog.labelCounts().isEmpty)
    }

    @Test("a label, in any case, sure enough", arguments: Implementation.allCases)
    func label(_ implementation: Implementation) async throws {
        let store = try await filled(implementation)
        #expect(try await keys(store, PhotoQuery(labels: ["dog"])) == ["rex at the beach.jpg"])
        #expect(
            try await keys(store, PhotoQuery(labels: ["Dog"], minConfidence: 30)) == [
                "maybe.jpg", "rex at the beach.jpg",
            ])
        #expect(try await keys(store, PhotoQuery(labels: ["Animal", "Beach"])) == ["rex at the beach.jpg"])
        #expect(try await keys(store, PhotoQuery(labels: ["Animal", "Unicorn"])) == [])
    }

    @Test("words, in labels and in keys, in any form", arguments: Implementation.allCases)
    func words(_ implementation: Implementation) async throws {
        let store = try await filled(implementation)
        #expect(try await keys(store, PhotoQuery(words: ["dogs"])) == ["rex at the beach.jpg"])
        #expect(try await keys(store, PhotoQuery(words: ["coffee"])) == ["mug.jpg"])
        #expect(try await keys(store, PhotoQuery(words: ["cof"])) == [])
        #expect(try await keys(store, PhotoQuery(words: ["cof*"])) == ["mug.jpg"])
        #expect(try await keys(store, PhotoQuery(words: ["2034"])) == ["IMG_2034.HEIC"])
        #expect(try await keys(store, PhotoQuery(words: ["coffee cup"])) == ["mug.jpg"])
        #expect(try await keys(store, PhotoQuery(words: ["beach", "animal"])) == ["rex at the beach.jpg"])
    }

    @Test("what looks like an operator is a word", arguments: Implementation.allCases)
    func operators(_ implementation: Implementation) async throws {
        let store = try await filled(implementation)
        for word in ["NOT", "a\"b", "(", "x OR y", "words:cat", "-", "*", "\""] {
            #expect(try await keys(store, PhotoQuery(words: [word])) == [], "\(word)")
        }
    }

    @Test("pages join without gap or repeat", arguments: Implementation.allCases)
    func pages(_ implementation: Implementation) async throws {
        let store = try await filled(implementation)
        for query in [PhotoQuery(), PhotoQuery(labels: ["Animal"]), PhotoQuery(words: ["jpg"])] {
            let whole = try await keys(store, query)
            var joined: [String] = []
            var cursor: Cursor?
            repeat {
                let page = try await store.photos(matching: query, after: cursor, limit: 2)
                #expect(page.photos.count <= 2)
                joined += page.photos.map(\.key.description)
                cursor = page.next
            } while cursor != nil
            #expect(joined == whole)
        }
        await #expect(throws: SearchError.badCursor) {
            try await store.photos(matching: PhotoQuery(), after: Cursor(rawValue: "not one!"), limit: 2)
        }
    }

    @Test("labels are counted, and uncounted when photos go", arguments: Implementation.allCases)
    func counts(_ implementation: Implementation) async throws {
        let store = try await filled(implementation)
        let counts = try await store.labelCounts()
        #expect(counts.first == LabelCount(name: "Animal", photos: 3))
        #expect(counts.contains(LabelCount(name: "Dog", photos: 1)))
        let beach = try #require(
            try await store.photos(matching: PhotoQuery(labels: ["Beach"]), after: nil, limit: 1).photos.first)
        #expect(try await store.delete(beach.id))
        let left = try await store.labelCounts()
        #expect(!left.contains { $0.name == "Beach" || $0.name == "Dog" })
        #expect(left.first == LabelCount(name: "Animal", photos: 2))
        #expect(try await keys(store, PhotoQuery(words: ["rex"])) == [])
    }
}
