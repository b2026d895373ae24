import Domain
import Foundation
import HTTPServer
import Testing

@Suite struct ResultTests {
    private let api = TestAPI()

    /// Three photos, all looked at.
    private func fill() async throws {
        for key in ["a", "b", "c"] {
            _ = try await api.add(key, key: key)
            try await api.settleNext([("Cat", 90), ("Dog", 60)])
        }
    }

    @Test func pagesOfJSON() async throws {
        try await fill()
        let first = try await api.ask(.get, "/api/v1/results?limit=2")
        #expect(try first.photos().map { $0["key"] as? String } == ["a", "b"])
        #expect(try first.photos().allSatisfy { $0["settledAt"] is String })
        let cursor = try first.text("next")
        let second = try await api.ask(.get, "/api/v1/results?limit=2&cursor=\(cursor)")
        #expect(try second.photos().map { $0["key"] as? String } == ["c"])
        #expect(second.object["next"] == nil)
    }

    @Test func everythingAsCSV() async throws {
        try await fill()
        let answer = try await api.ask(.get, "/api/v1/results?format=csv&limit=1")
        #expect(answer.headers["Content-Type"] == "text/csv; charset=utf-8; header=present")
        let lines = String(decoding: answer.bytes, as: UTF8.self).components(separatedBy: "\r\n")
        #expect(lines.count == 5)
        #expect(lines[0].hasPrefix("photo,bucket,key,status,"))
        #expect(lines[3].contains(",incoming,c,analysed,"))
        #expect(lines[3].contains(",Cat 90.0,"))
    }

    @Test func everythingAsJSONLines() async throws {
        try await fill()
        let answer = try await api.ask(.get, "/api/v1/results?format=jsonl&limit=2&minConfidence=50")
        let lines = String(decoding: answer.bytes, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 3)
        let photos = try lines.map { try JSONDecoder().decode(PhotoDocument.self, from: Data($0.utf8)) }
        #expect(photos.allSatisfy { $0.analysis?.labels.map(\.name) == ["Cat", "Dog"] })
    }

    @Test(arguments: [
        "format=xml", "from=yesterday", "to=2026-13-01", "limit=0", "cursor=x", "minConfidence=101", "bucket=A",
    ])
    func whatMakesNoSenseIsNamed(_ parameter: String) async throws {
        try await fill()
        let answer = try await api.ask(.get, "/api/v1/results?\(parameter)")
        #expect(answer.status == 400)
        #expect(try answer.text("code") == "bad_parameter")
        let name = parameter.prefix { $0 != "=" }
        #expect(try answer.text("detail").contains("“\(name)”"))
    }

    @Test func aBucketThatIsNotThere() async throws {
        let answer = try await api.ask(.get, "/api/v1/results?bucket=nobody")
        #expect(answer.status == 404)
        #expect(try answer.text("code") == "unknown_bucket")
    }

    @Test func figuresOfAllWork() async throws {
        try await fill()
        let answer = try await api.ask(.get, "/api/v1/stats")
        let stats = try JSONDecoder().decode(StatsDocument.self, from: Data(answer.bytes))
        #expect(stats.images == 3)
        #expect(stats.analyses == [.labels: 3])
        #expect(stats.storage.originals == 3)
        #expect(stats.rekognition.requests == 3)
        #expect(abs(stats.rekognition.cost - 0.003) < 1e-9)
        #expect(stats.buckets.map(\.name) == [.incoming])
        let before = try await api.ask(.get, "/api/v1/stats?to=2020-01-01")
        #expect(before.object["images"] as? Int == 0)
        #expect(try await api.ask(.get, "/api/v1/stats?from=2020-1-1").status == 400)
    }
}
