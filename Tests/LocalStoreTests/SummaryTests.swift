import Domain
import Foundation
import Testing

@testable import LocalStore

/// What counting means for SQLite; what is counted is in ContractTests.
@Suite struct SummaryTests {
    private let path = FileManager.default.temporaryDirectory.path + "/fovea-\(UUID().uuidString).sqlite"

    private func addPhoto(to catalog: LocalCatalog) async throws {
        let photo = Photo(
            id: PhotoID(), bucket: .incoming, key: try #require(PhotoKey("a")), content: .init(bytes: 1, sha256: "a"),
            createdAt: Date())
        _ = try await catalog.admit(photo, priority: .ordinary)
        let lease = try #require(try await catalog.lease(for: .seconds(60)))
        let face = Face(box: Box(left: 0, top: 0, width: 1, height: 1), confidence: 90)
        let location = Location(latitude: 52.2, longitude: 4.9)
        let findings = Findings(
            picture: PictureFacts(width: 4, height: 3, format: .webp, location: location, camera: "Pinhole"),
            analysis: Analysis(
                states: [:], labels: [Label(name: "Cat", confidence: 90)], faces: [face],
                moderation: [ModerationLabel(name: "Blood", parent: "", confidence: 60)]))
        #expect(try await catalog.settle(lease, as: .analysed(findings)))
    }

    @Test func whatAnOlderVersionWroteIsCounted() async throws {
        let before: LibrarySummary
        do {
            let catalog = try LocalCatalog(path: path)
            try await addPhoto(to: catalog)
            before = try await catalog.summary(of: nil)
            #expect(before.cameras == [NamedCount(name: "Pinhole", photos: 1)])
        }
        do {
            let database = try Database(path: path)
            try database.execute(Downgrade.telling)
            try database.execute(
                """
                DROP TRIGGER photo_findings; DROP INDEX photo_content; DROP INDEX photo_bucket; DROP TABLE photo_fact; DROP TABLE taught_mark; DROP TABLE taught_label;
                DROP INDEX vector_model; ALTER TABLE vector DROP COLUMN model;
                PRAGMA user_version=4;
                """)
        }
        #expect(try await LocalCatalog(path: path).summary(of: nil) == before)
    }

    @Test func statesAndDuplicatesAreCountedInTheIndexAlone() throws {
        _ = try LocalCatalog(path: path)
        let database = try Database(path: path)
        for sql in [
            "SELECT sum(state = 'failed') FROM photo WHERE bucket = 'b'",
            "SELECT count(*) AS n FROM photo WHERE bucket = 'b' GROUP BY sha256 HAVING n > 1",
        ] {
            let plan = try database.rows("EXPLAIN QUERY PLAN " + sql) { row throws(DatabaseError) in row.text(3) }
            #expect(plan.contains { $0.contains("COVERING INDEX photo_content") }, "\(plan)")
            #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
        }
    }
}
