import Domain
import Foundation
import Testing

@testable import LocalStore

/// What an older version wrote can be taught with.
@Suite struct TeachingUpgradeTests {
    private let path = FileManager.default.temporaryDirectory.appendingPathComponent("fovea-\(UUID().uuidString)").path

    private func add(_ key: String, model: String, to catalog: LocalCatalog) async throws {
        let photo = Photo(
            id: PhotoID(), bucket: .incoming, key: try #require(PhotoKey(key)), content: .init(bytes: 1, sha256: key),
            createdAt: Date())
        _ = try await catalog.admit(photo, priority: .ordinary)
        let lease = try #require(try await catalog.lease(for: .seconds(60)))
        var findings = Findings(
            picture: PictureFacts(width: 4, height: 3, format: .webp), analysis: Analysis(states: [:]))
        findings.analysis.models = ["labels": model]
        findings.analysis.vector = FeatureVector([1, 2])
        findings.analysis.faces = [Face(box: Box(left: 0, top: 0, width: 1, height: 1), confidence: 90)]
        findings.analysis.faces[0].vector = FeatureVector([3])
        #expect(try await catalog.settle(lease, as: .analysed(findings)))
    }

    @Test func vectorsOfOlderVersionsGetTheirModel() async throws {
        do {
            let catalog = try LocalCatalog(path: path)
            try await add("a", model: "net-int8@1", to: catalog)
            try await add("b", model: "net-fp32@2+boxes@1", to: catalog)
            let database = try Database(path: path)
            try database.execute(Downgrade.telling)
            try database.execute(
                """
                DROP TABLE taught_mark; DROP TABLE taught_label;
                DROP INDEX vector_model; ALTER TABLE vector DROP COLUMN model; PRAGMA user_version=5;
                """)
        }
        let catalog = try LocalCatalog(path: path)
        #expect(try await catalog.vectorModels() == ["net@1", "net@2"])
        #expect(try await catalog.sample(9, of: "net@2").count == 1)
    }

    @Test func aSampleIsDrawnWithoutSorting() throws {
        _ = try LocalCatalog(path: path)
        let database = try Database(path: path)
        let plan = try database.rows(
            "EXPLAIN QUERY PLAN " + LocalCatalog.nextVector, [.text("net@1"), .integer(5)]
        ) { row throws(DatabaseError) in row.text(3) }
        #expect(plan.contains { $0.contains("INDEX vector_model (model=? AND photo>?)") }, "\(plan)")
        #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
    }

    @Test func classifiersOutlastTheProcess() async throws {
        let name = try #require(LabelName("Beach"))
        do {
            let catalog = try LocalCatalog(path: path)
            try await add("a", model: "net-int8@1", to: catalog)
            _ = try await catalog.teach(Lesson(name, verdicts: [:]))
            let classifier = LinearClassifier(model: "net@1", weights: [1, 0], threshold: 0, slope: 9)
            #expect(try await catalog.keep(classifier, measure: nil, of: name))
        }
        let catalog = try LocalCatalog(path: path)
        try await add("b", model: "net-fp32@1", to: catalog)
        let found = try await catalog.photos(matching: PhotoQuery(labels: ["Beach"]), after: nil, limit: 9)
        #expect(found.photos.map(\.key.description) == ["b"])
    }
}
