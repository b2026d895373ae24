import Domain
import Foundation
import Testing

@Suite("Catalog summary", .serialized)
struct SummaryContract {
    /// Puts a photo in and settles it.
    private func add(
        _ key: String, sha256: String, to catalog: any Catalog & JobQueue, _ change: (inout Findings) -> Void = { _ in }
    ) async throws {
        _ = try await catalog.admit(try Sample.photo(key, sha256: sha256))
        let lease = try #require(try await catalog.lease(for: .seconds(60)))
        var findings = Sample.findings([])
        change(&findings)
        #expect(try await catalog.settle(lease, as: .analysed(findings)))
    }

    private func label(_ name: String, _ confidence: Double = 90, _ parents: String...) -> Label {
        Label(name: name, confidence: confidence, parents: parents)
    }

    private func faces(_ count: Int) -> [Face] {
        (0..<count).map { _ in Face(box: Box(left: 0, top: 0, width: 0.1, height: 0.1), confidence: 90) }
    }

    @Test("nothing is counted where nothing is", arguments: Implementation.allCases)
    func empty(_ implementation: Implementation) async throws {
        #expect(try await implementation.catalog().summary(of: .incoming) == LibrarySummary())
        #expect(try await implementation.catalog().summary(of: nil) == LibrarySummary())
    }

    @Test("states, formats and duplicates", arguments: Implementation.allCases)
    func states(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        try await add("1", sha256: "aa", to: catalog)
        try await add("2", sha256: "aa", to: catalog) { $0.picture.format = .heic }
        try await add("3", sha256: "bb", to: catalog) { $0.picture.format = .heic }
        for (key, hash) in [("4", "cc"), ("5", "cc"), ("6", "cc")] {
            _ = try await catalog.admit(try Sample.photo(key, sha256: hash))
        }
        let failing = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(try await catalog.settle(failing, as: .failed(Failure(.damaged, "The file ends early."))))
        _ = try #require(try await catalog.lease(for: .seconds(60)))

        let summary = try await catalog.summary(of: .incoming)
        #expect(summary.photos == 6)
        #expect(summary.states == [.analysed: 3, .failed: 1, .analysing: 1, .queued: 1])
        #expect(summary.formats == [NamedCount(name: "heic", photos: 2), NamedCount(name: "jpeg", photos: 1)])
        #expect(summary.duplicates.groups == 2)
        #expect(summary.duplicates.photos == 5)
        #expect(try await catalog.summary(of: nil) == summary)
        let elsewhere = try #require(BucketName("elsewhere"))
        #expect(try await catalog.summary(of: elsewhere) == LibrarySummary())
    }

    @Test("exact labels go before what they are kinds of", arguments: Implementation.allCases)
    func labels(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        let cat = [label("Cat", 90, "Pet", "Animal"), label("Pet", 95, "Animal"), label("Animal", 99)]
        let dog = [label("Dog", 90, "Pet", "Animal"), label("Pet", 95, "Animal"), label("Animal", 99)]
        try await add("1", sha256: "a", to: catalog) { $0.analysis.labels = cat }
        try await add("2", sha256: "b", to: catalog) { $0.analysis.labels = cat }
        try await add("3", sha256: "c", to: catalog) { $0.analysis.labels = dog + [label("Cup", 49)] }
        try await add("4", sha256: "d", to: catalog) { $0.analysis.labels = [label("Cup", 50)] }
        let summary = try await catalog.summary(of: .incoming)
        #expect(summary.labels.map(\.name) == ["Cat", "Cup", "Dog", "Animal", "Pet"])
        #expect(summary.labels.map(\.photos) == [2, 1, 1, 3, 3])
        #expect(summary.kinds == [NamedCount(name: "Animal", photos: 3)])
    }

    @Test("faces, text and what is sensitive", arguments: Implementation.allCases)
    func people(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        for (place, count) in [0, 1, 1, 2, 4, 5, 9].enumerated() {
            try await add("\(place)", sha256: "\(place)", to: catalog) { $0.analysis.faces = faces(count) }
        }
        let line = TextDetection("EXIT", type: .line, confidence: 90, polygon: [Point(x: 0, y: 0), Point(x: 1, y: 1)])
        try await add("text", sha256: "t", to: catalog) { $0.analysis.text = [line] }
        for confidence in [49.9, 50, 80] {
            try await add("s\(confidence)", sha256: "s\(confidence)", to: catalog) {
                $0.analysis.moderation = [ModerationLabel(name: "Blood", parent: "Violence", confidence: confidence)]
            }
        }
        let summary = try await catalog.summary(of: .incoming)
        #expect(summary.faces.photos == 6)
        #expect(summary.faces.faces == 22)
        #expect((summary.faces.one, summary.faces.few, summary.faces.many) == (2, 2, 2))
        #expect(summary.withText == 1)
        #expect(summary.sensitive == 2)
    }

    @Test("years, places and cameras", arguments: Implementation.allCases)
    func facts(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        let photos: [(String, Location, String)] = [
            ("2019-05-01T10:00:00", Location(latitude: 52.4, longitude: 4.9), "Canon EOS 40D"),
            ("2019-07-01T10:00:00", Location(latitude: 51.6, longitude: 5.2), "Canon EOS 40D"),
            ("2007-01-31T10:00:00", Location(latitude: -33.9, longitude: -70.5), "PENTAX K-5"),
        ]
        for (place, (time, location, camera)) in photos.enumerated() {
            try await add("\(place)", sha256: "\(place)", to: catalog) {
                $0.picture.takenAt = TakenAt(local: time, source: .exif)
                $0.picture.location = location
                $0.picture.camera = camera
            }
        }
        try await add("bare", sha256: "bare", to: catalog)
        let summary = try await catalog.summary(of: .incoming)
        #expect(summary.years == [NamedCount(name: "2007", photos: 1), NamedCount(name: "2019", photos: 2)])
        #expect(
            summary.cameras == [
                NamedCount(name: "Canon EOS 40D", photos: 2), NamedCount(name: "PENTAX K-5", photos: 1),
            ])
        #expect(summary.places.photos == 3)
        #expect(
            summary.places.areas == [
                LibrarySummary.Area(latitude: 52, longitude: 5, photos: 2),
                LibrarySummary.Area(latitude: -34, longitude: -71, photos: 1),
            ])
    }

    @Test("a deleted photo counts no more", arguments: Implementation.allCases)
    func deleted(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        try await add("1", sha256: "a", to: catalog) { $0.analysis.faces = faces(3) }
        let key = try #require(PhotoKey("1"))
        let there = try #require(try await catalog.photo(in: .incoming, key: key))
        #expect(try await catalog.delete(there.id))
        #expect(try await catalog.summary(of: .incoming) == LibrarySummary())
    }
}
