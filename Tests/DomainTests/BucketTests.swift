import Domain
import Foundation
import Testing

@Suite struct BucketTests {
    @Test func rulesOfAnEarlierVersionHoldAndTheRestIsUsual() throws {
        let json = #"{"name": "old", "analyses": ["labels"], "limits": {"maxLabels": 3, "minConfidence": 50}}"#
        let bucket = try JSONDecoder().decode(Bucket.self, from: Data(json.utf8))
        #expect(
            bucket
                == Bucket(
                    name: try #require(BucketName("old")), analyses: [.labels],
                    limits: LabelLimits(maxLabels: 3, minConfidence: 50)))
    }

    @Test(arguments: Bucket.initial)
    func rulesReadBack(_ bucket: Bucket) throws {
        #expect(try JSONDecoder().decode(Bucket.self, from: try JSONEncoder().encode(bucket)) == bucket)
    }

    @Test func theFirstBucketsPromiseWhatTheirNamesSay() throws {
        let buckets = Dictionary(uniqueKeysWithValues: Bucket.initial.map { ($0.name, $0) })
        let open = try #require(buckets[.public])
        #expect(open.upload == .anyone && open.retention == .deleteAfterAnalysis && open.notify.isEmpty)
        let own = try #require(buckets[.private])
        #expect(own.upload == .owner && own.retention == .deleteAfterAnalysis && own.notify == [.owner])
        #expect(buckets[.incoming]?.retention == .keep && buckets[.images]?.retention == .keep)
    }

    @Test(arguments: [
        #""retention": "kepe""#, #""retention": "days(0)""#, #""notify": ["nobody"]"#, #""origins": ["example.org"]"#,
        #""upload": "all""#,
    ])
    func whatIsNoRuleIsRefusedAndNamed(_ field: String) throws {
        let json = Data(#"{"name": "abc", \#(field)}"#.utf8)
        let error = try #require(throws: DecodingError.self) { try JSONDecoder().decode(Bucket.self, from: json) }
        guard case .dataCorrupted(let context) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(context.codingPath.first.map { field.contains($0.stringValue) } == true)
    }
}

@Suite struct RetentionTests {
    @Test(arguments: [
        ("keep", Retention.keep), ("delete-after-analysis", .deleteAfterAnalysis), ("days(30)", .days(30)),
    ])
    func isWrittenAsItIsRead(_ text: String, _ retention: Retention) {
        #expect(Retention(text) == retention)
        #expect(retention.description == text)
    }

    @Test(arguments: [
        "", "Keep", "days", "days()", "days(0)", "days(-1)", "days(36501)", "days(1", "days( 1)", "days(+1)",
    ])
    func anythingElseIsRefused(_ text: String) {
        #expect(Retention(text) == nil)
    }

    @Test func eachRuleHasItsDate() {
        let (created, settled) = (Date(timeIntervalSince1970: 0), Date(timeIntervalSince1970: 100))
        func due(_ retention: Retention, _ failure: Failure? = nil) -> TimeInterval? {
            retention.eraseDate(createdAt: created, settledAt: settled, failure: failure)?.timeIntervalSince1970
        }
        #expect(due(.keep) == nil)
        #expect(due(.days(2)) == 172_800)
        #expect(due(.deleteAfterAnalysis) == 100)
        #expect(due(.deleteAfterAnalysis, Failure(.damaged, "")) == 100)
        #expect(due(.deleteAfterAnalysis, Failure(.interrupted, "")) == 604_900)
    }
}

@Suite struct RecipientTests {
    @Test func aKindIsToldFromTheText() throws {
        #expect(Recipient("owner") == .owner)
        #expect(Recipient("me@example.org") == .email("me@example.org"))
        #expect(Recipient("o'neil+photos@mail.example.org") == .email("o'neil+photos@mail.example.org"))
        let url = try #require(URL(string: "https://example.org:8443/hook?key=1"))
        #expect(Recipient("https://example.org:8443/hook?key=1") == .webhook(url))
    }

    @Test(arguments: [
        "", "me", "@example.org", "me@", "a@b@c", "me@example..org", "me@-x.org", "a b@c.org", "a@c.org, b@c.org",
        "a@c.org\r\nBcc: b@c.org", "<a@c.org>", "ftp://example.org", "https://", "https:///x", "https://e.org/#part",
        "javascript:alert(1)", "https://e.org/\nx",
    ])
    func anythingElseIsRefused(_ text: String) {
        #expect(Recipient(text) == nil)
    }
}

@Suite struct WebOriginTests {
    @Test(arguments: [
        ("https://example.org", "https://example.org"), ("HTTPS://Example.Org:443", "https://example.org"),
        ("http://localhost:3000", "http://localhost:3000"), ("http://[::1]:80", "http://[::1]"), ("*", "*"),
    ])
    func isWrittenAsBrowsersDo(_ text: String, _ written: String) {
        #expect(WebOrigin(text)?.description == written)
    }

    @Test(arguments: [
        "", "null", "example.org", "https://example.org/", "https://example.org/path", "https://me@example.org",
        "https://example.org?x", "ftp://example.org", "https://*.example.org", "https://",
    ])
    func anythingElseIsRefused(_ text: String) {
        #expect(WebOrigin(text) == nil)
    }

    @Test func onlyAStarAllowsOthers() throws {
        let (one, other) = (try #require(WebOrigin("https://a.org")), try #require(WebOrigin("https://b.org")))
        #expect(one.allows(one) && !one.allows(other) && WebOrigin.any.allows(other))
    }
}
