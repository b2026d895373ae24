import Domain
import Foundation
import Testing

@Suite("Table of results")
struct ResultContract {
    /// Puts photos in and settles one a minute.
    private func fill(_ catalog: any Store, _ clock: TestClock, _ keys: [String]) async throws {
        for key in keys {
            try await catalog.addAnalysed(try Sample.photo(key), labels: [("Cat", 90)])
            clock.advance(by: 60)
        }
    }

    private func keys(_ page: PhotoPage) -> [String] { page.photos.map(\.key.description) }

    @Test("rows come in the order of settling, not of coming", arguments: Implementation.allCases)
    func order(_ implementation: Implementation) async throws {
        let clock = TestClock()
        let catalog = try implementation.catalog(clock: clock)
        for key in ["a", "b"] { _ = try await catalog.admit(try Sample.photo(key)) }
        let first = try #require(try await catalog.lease(for: .seconds(60)))
        let second = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(try await catalog.settle(second, as: .analysed(Sample.findings([]))))
        clock.advance(by: 1)
        #expect(
            try await catalog.results(matching: ResultQuery(), after: nil, limit: 9).photos.map(\.id) == [
                second.photo.id
            ])
        #expect(try await catalog.settle(first, as: .failed(Failure(.damaged, "It ends early."))))
        let page = try await catalog.results(matching: ResultQuery(), after: nil, limit: 9)
        #expect(page.photos.map(\.id) == [second.photo.id, first.photo.id])
        #expect(page.photos.map(\.settledAt) == [clock.now.addingTimeInterval(-1), clock.now])
        #expect(page.next == nil)
    }

    @Test("pages follow each other without gap or repeat", arguments: Implementation.allCases)
    func pages(_ implementation: Implementation) async throws {
        let clock = TestClock()
        let catalog = try implementation.catalog(clock: clock)
        try await fill(catalog, clock, (0..<7).map { "\($0)" })
        var found: [String] = []
        var cursor: Cursor?
        repeat {
            let page = try await catalog.results(matching: ResultQuery(), after: cursor, limit: 3)
            found += keys(page)
            cursor = page.next
        } while cursor != nil
        #expect(found == (0..<7).map { "\($0)" })
    }

    @Test("bucket and time narrow it", arguments: Implementation.allCases)
    func filters(_ implementation: Implementation) async throws {
        let clock = TestClock()
        let catalog = try implementation.catalog(clock: clock)
        let start = clock.now
        try await fill(catalog, clock, ["0", "1", "2"])
        let other = Photo(
            id: PhotoID(), bucket: .private, key: try #require(PhotoKey("p")),
            content: .init(bytes: 1, sha256: "bb"), createdAt: Date())
        try await catalog.addAnalysed(other, labels: [])
        func found(_ query: ResultQuery) async throws -> [String] {
            keys(try await catalog.results(matching: query, after: nil, limit: 9))
        }
        #expect(try await found(ResultQuery(bucket: .private)) == ["p"])
        #expect(try await found(ResultQuery(from: start.addingTimeInterval(60))) == ["1", "2", "p"])
        #expect(try await found(ResultQuery(to: start.addingTimeInterval(60))) == ["0"])
        #expect(try await found(ResultQuery(bucket: .incoming, from: start.addingTimeInterval(61))) == ["2"])
    }

    @Test("a photo that is tried again has no row until it is settled", arguments: Implementation.allCases)
    func retried(_ implementation: Implementation) async throws {
        let catalog = try implementation.catalog()
        _ = try await catalog.admit(try Sample.photo("a"))
        let lease = try #require(try await catalog.lease(for: .seconds(60)))
        #expect(try await catalog.settle(lease, as: .failed(Failure(.decoderCrashed, "It died."))))
        #expect(try await catalog.results(matching: ResultQuery(), after: nil, limit: 9).photos.count == 1)
        #expect(try await catalog.retry(lease.photo.id))
        #expect(try await catalog.results(matching: ResultQuery(), after: nil, limit: 9).photos.isEmpty)
    }

    @Test("a cursor of somebody else's is refused", arguments: Implementation.allCases, ["x", "1-", "zz-zz-zz", ""])
    func badCursor(_ implementation: Implementation, _ text: String) async throws {
        let catalog = try implementation.catalog()
        await #expect(throws: SearchError.badCursor) {
            try await catalog.results(matching: ResultQuery(), after: Cursor(rawValue: text), limit: 9)
        }
    }
}
