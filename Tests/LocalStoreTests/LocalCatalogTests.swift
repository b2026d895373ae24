import CSQLite
import Domain
import Foundation
import Testing

@testable import LocalStore

/// What is particular to SQLite; what every catalogue does is in ContractTests.
@Suite struct LocalCatalogTests {
    private let path = FileManager.default.temporaryDirectory.path + "/fovea-\(UUID().uuidString).sqlite"

    private func photo(_ key: String) throws -> Photo {
        Photo(
            id: PhotoID(), bucket: .incoming, key: try #require(PhotoKey(key)),
            content: .init(bytes: 1, sha256: key), createdAt: Date())
    }

    @Test func openingAgainTakesBackLeasesWhichRestALittleLongerEachTime() async throws {
        let kept = try photo("a")
        let start = Date(timeIntervalSince1970: 1_800_000_000)
        do {
            let catalog = try LocalCatalog(path: path, now: { start })
            _ = try await catalog.admit(kept, priority: .ordinary)
            #expect(try await catalog.lease(for: .seconds(3600)) != nil)
            #expect(try await catalog.lease(for: .seconds(3600)) == nil)
        }
        var now = start
        for (interruptions, rest) in [(1, 1.0), (2, 2), (3, 4)] {
            let opened = now
            #expect(try await LocalCatalog(path: path, now: { opened }).lease(for: .seconds(3600)) == nil)
            now += rest
            let later = now
            let catalog = try LocalCatalog(path: path, now: { later })
            #expect(try await catalog.photo(kept.id)?.state == .queued)
            let lease = try #require(try await catalog.lease(for: .seconds(3600)))
            #expect(lease.photo.id == kept.id)
            #expect(lease.interruptions == interruptions)
        }
    }

    @Test func aPauseOutlastsTheProcess() async throws {
        try await LocalCatalog(path: path).setPaused(true)
        #expect(try await LocalCatalog(path: path).depth().isPaused)
    }

    @Test func aFileOfTheFirstVersionsIsBroughtUpToDate() async throws {
        let kept = try photo("a")
        do {
            let catalog = try LocalCatalog(path: path)
            _ = try await catalog.admit(kept, priority: .ordinary)
        }
        do {
            let database = try Database(path: path)
            try database.execute(Downgrade.telling)
            try database.execute(
                """
                DROP TRIGGER photo_findings; DROP INDEX photo_content; DROP INDEX photo_bucket; DROP TABLE photo_fact;
                DROP INDEX job_order; DROP INDEX photo_failed; DROP TABLE queue;
                ALTER TABLE job DROP COLUMN priority; ALTER TABLE job DROP COLUMN interruptions;
                ALTER TABLE job DROP COLUMN setback; ALTER TABLE photo DROP COLUMN revision; CREATE INDEX job_due ON job (due, photo);
                DROP TABLE taught_mark; DROP TABLE taught_label;
                DROP INDEX vector_model; ALTER TABLE vector DROP COLUMN model;
                PRAGMA user_version=2;
                """)
        }
        let catalog = try LocalCatalog(path: path)
        #expect(try await catalog.job(of: kept.id)?.priority == .ordinary)
        #expect(try await catalog.lease(for: .seconds(60))?.photo.id == kept.id)
    }

    @Test func theNextJobIsFoundWithoutSorting() throws {
        _ = try LocalCatalog(path: path)
        let database = try Database(path: path)
        let sql = "SELECT photo FROM job WHERE priority = 1 AND due <= 5 ORDER BY due, photo LIMIT 1"
        let plan = try database.rows("EXPLAIN QUERY PLAN " + sql) { row throws(DatabaseError) in row.text(3) }
        #expect(plan == ["SEARCH job USING COVERING INDEX job_order (priority=? AND due<?)"])
    }

    @Test func anOutboxOfManyIsCountedAndListedWithoutReadingItWhole() throws {
        _ = try LocalCatalog(path: path)
        let database = try Database(path: path)
        let plan = { (sql: String) throws(DatabaseError) in
            try database.rows("EXPLAIN QUERY PLAN " + sql, [.integer(50)].filter { _ in sql.contains("?") }) {
                row throws(DatabaseError) in row.text(3)
            }
        }
        let counted = try plan(LocalCatalog.depth).filter { $0.contains("delivery") }
        #expect(counted.count == 2 && counted.allSatisfy { $0.contains("COVERING INDEX") }, "\(counted)")
        for standing in ["due IS NULL", "due IS NOT NULL"] {
            let listed = try plan(LocalCatalog.list(standing))
            #expect(listed.allSatisfy { !$0.contains("ORDER BY") }, "\(listed)")
        }
        #expect(try plan(LocalCatalog.list("due IS NULL")).allSatisfy { $0.contains("delivery_given_up") })
    }

    @Test func aFileOfANewerVersionIsRefused() throws {
        do {
            let database = try Database(path: path)
            try database.execute("PRAGMA user_version=99")
        }
        let refusal = #expect(throws: StoreError.self) { try LocalCatalog(path: path) }
        #expect(refusal?.kind == .tooNew)
        #expect(refusal?.description.contains("newer") == true)
    }

    @Test func commitsAreSyncedAndTheLogIsWrittenAhead() throws {
        _ = try LocalCatalog(path: path)
        let database = try Database(path: path)
        #expect(try database.first("PRAGMA journal_mode") { row throws(DatabaseError) in row.text(0) } == "wal")
        #expect(try database.first("PRAGMA synchronous") { row throws(DatabaseError) in row.integer(0) } == 2)
        #expect(try database.first("PRAGMA foreign_keys") { row throws(DatabaseError) in row.integer(0) } == 1)
    }

    @Test func anErrorUndoesTheWholeTransaction() throws {
        let database = try Database(path: path)
        try database.execute("CREATE TABLE t (x INTEGER PRIMARY KEY) STRICT")
        let error = #expect(throws: DatabaseError.self) {
            try database.transaction { () throws(DatabaseError) in
                try database.run("INSERT INTO t VALUES (1)")
                try database.run("INSERT INTO t VALUES (1)")
            }
        }
        #expect((error?.code ?? 0) & 0xFF == SQLITE_CONSTRAINT)
        #expect(error?.description.contains("INSERT INTO t") == true)
        #expect(try database.first("SELECT count(*) FROM t") { row throws(DatabaseError) in row.integer(0) } == 0)
    }

    @Test func aLabelQueryReadsOnlyTheClusteredTable() throws {
        _ = try LocalCatalog(path: path)
        let database = try Database(path: path)
        let statement = try SearchStatement(
            PhotoQuery(labels: ["Cat"]), before: .max, limit: 50, now: 0, in: database)
        let plan = try database.rows("EXPLAIN QUERY PLAN " + statement.sql, statement.values) {
            row throws(DatabaseError) in row.text(3)
        }
        #expect(plan.contains { $0.contains("SEARCH l0 USING PRIMARY KEY (label=? AND photo<?)") }, "\(plan)")
        #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
    }

    @Test(arguments: [[], ["cat"]]) func aBucketIsReadInOrder(words: [String]) throws {
        _ = try LocalCatalog(path: path)
        let database = try Database(path: path)
        let statement = try SearchStatement(
            PhotoQuery(bucket: .incoming, words: words), before: .max, limit: 50, now: 0, in: database)
        let plan = try database.rows("EXPLAIN QUERY PLAN " + statement.sql, statement.values) {
            row throws(DatabaseError) in row.text(3)
        }
        #expect(plan.contains { $0.contains("INDEX photo_bucket") } == words.isEmpty, "\(plan)")
        #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
    }
}
