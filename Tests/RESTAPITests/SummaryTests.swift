import Domain
import Foundation
import HTTPServer
import Testing

@Suite struct SummaryTests {
    private let api = TestAPI()

    private func summary(_ query: String = "") async throws -> SummaryDocument {
        let answer = try await api.ask(.get, "/api/v1/summary\(query)")
        #expect(answer.status == 200)
        return try JSONDecoder().decode(SummaryDocument.self, from: Data(answer.bytes))
    }

    @Test func aPhotoIsAskedForByItsKey() async throws {
        let id = try await api.add("a", key: "albums%2F2024%2Fa%20b.jpg")
        _ = try await api.add("c", key: "c.jpg")
        let found = try await api.ask(.get, "/api/v1/photos?bucket=incoming&key=albums/2024/a+b.jpg").photos()
        #expect(found.map { $0["id"] as? String } == [id.description])
        #expect(try await api.ask(.get, "/api/v1/photos?bucket=incoming&key=albums/2024").photos().isEmpty)
        #expect(try await api.ask(.get, "/api/v1/photos?bucket=elsewhere&key=c.jpg").photos().isEmpty)
        #expect(try await api.ask(.get, "/api/v1/photos?bucket=incoming&key=").photos().isEmpty)
        let alone = try await api.ask(.get, "/api/v1/photos?key=c.jpg")
        #expect(alone.status == 400)
        #expect(try alone.text("code") == "bad_parameter")
    }

    @Test func anUnknownParameterIsNotRefused() async throws {
        let answer = try await api.ask(
            .post, "/api/v1/buckets/incoming/photos?key=a&whatever=1", body: TestAPI.jpeg("a"))
        #expect(answer.status == 201)
    }

    @Test func anEmptyBucketHasNothingToTry() async throws {
        #expect(try await summary("?bucket=incoming") == SummaryDocument(LibrarySummary(), searches: []))
        #expect(try await api.ask(.get, "/api/v1/summary?bucket=elsewhere").status == 404)
        #expect(try await api.ask(.get, "/api/v1/summary?bucket=NO").status == 400)
    }

    @Test func everySearchToTryFindsSomething() async throws {
        let photos: [[(String, Double)]] = [
            [("Tabby Cat", 90), ("Cup", 80)], [("Tabby Cat", 90)], [("Bicycle", 60)],
            [("Dining Table", 70), ("Cup", 60)],
        ]
        for (place, labels) in photos.enumerated() {
            _ = try await api.add("\(place)", key: "\(place).jpg")
            try await api.settleNext(labels)
        }
        let summary = try await summary()
        #expect(summary.counts.photos == 4)
        #expect(summary.counts.states == [.analysed: 4])
        #expect(summary.counts.labels.first == NamedCount(name: "Cup", photos: 2))
        #expect(summary.searches.count == 5)
        #expect(Set(summary.searches).count == 5)
        #expect(summary.searches.contains("cup tabby cat"))
        for search in summary.searches {
            let text = try #require(search.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
            #expect(try await !api.ask(.get, "/api/v1/photos?q=\(text)").photos().isEmpty, "\(search)")
        }
    }
}
