import Domain
import Foundation
import HTTPServer
import Testing

@Suite struct ListTests {
    private let api = TestAPI()

    private func fill() async throws {
        let photos: [(String, [(String, Double)])] = [
            ("1.jpg", [("Cat", 90)]), ("2.jpg", [("Dog", 90), ("Cat", 60)]), ("3.jpg", [("Dog", 40)]),
        ]
        for (key, labels) in photos {
            _ = try await api.add(key, key: key)
            try await api.settleNext(labels)
        }
    }

    private func keys(_ query: String) async throws -> [String] {
        let answer = try await api.ask(.get, "/api/v1/photos\(query)")
        return try answer.photos().compactMap { $0["key"] as? String }
    }

    @Test func photosAreFoundByLabelAndWord() async throws {
        try await fill()
        #expect(try await keys("") == ["3.jpg", "2.jpg", "1.jpg"])
        #expect(try await keys("?label=cat") == ["2.jpg", "1.jpg"])
        #expect(try await keys("?label=Cat&label=Dog") == ["2.jpg"])
        #expect(try await keys("?label=Cat&minConfidence=70") == ["1.jpg"])
        #expect(try await keys("?q=dogs") == ["2.jpg"])
        #expect(try await keys("?q=label:dog%20cat") == ["2.jpg"])
        #expect(try await keys("?q=unicorn") == [])
        #expect(try await keys("?bucket=incoming&label=Dog") == ["2.jpg"])
    }

    @Test func pagesFollowEachOther() async throws {
        try await fill()
        let first = try await api.ask(.get, "/api/v1/photos?limit=2")
        let next = try first.text("next")
        #expect(try await keys("?limit=2&cursor=\(next)") == ["1.jpg"])
        #expect(try await api.ask(.get, "/api/v1/photos?limit=2&cursor=\(next)").object["next"] == nil)
        for query in ["?cursor=nonsense!", "?limit=0", "?limit=many", "?minConfidence=x", "?bucket=NO"] {
            #expect(try await api.ask(.get, "/api/v1/photos\(query)").text("code") == "bad_parameter", "\(query)")
        }
    }

    @Test func labelsAreCounted() async throws {
        try await fill()
        let answer = try await api.ask(.get, "/api/v1/labels")
        let labels = try #require(answer.object["labels"] as? [[String: Any]])
        #expect(labels.map { $0["name"] as? String } == ["Cat", "Dog"])
        #expect(labels.map { $0["photos"] as? Int } == [2, 1])
    }

    @Test func operatorsGetWhatTheyAskFor() async throws {
        #expect(try await api.ask(.get, "/healthz").status == 200)
        let ready = try await api.ask(.get, "/readyz")
        #expect(ready.object["remedies"] as? [String] == ["run make models"])
        #expect((ready.object["analyses"] as? [String: String])?["labels"] == "unavailable")
        _ = try await api.add("x", key: "a")
        let metrics = String(decoding: try await api.ask(.get, "/metrics").bytes, as: UTF8.self)
        #expect(metrics.contains(#"fovea_queue_photos{state="waiting"} 1.0"#))
        #expect(metrics.contains("fovea_photos_received_total 1.0"))
    }
}
