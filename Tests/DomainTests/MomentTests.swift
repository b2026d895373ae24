import Domain
import Foundation
import Testing

@Suite struct MomentTests {
    @Test(arguments: [
        ("1970-01-02", 86_400.0), ("1970-01-01T00:01:00Z", 60), ("1970-01-01T01:00:00+01:00", 0),
        ("1970-01-01T00:00:01.500Z", 1.5),
    ])
    func isRead(_ text: String, _ seconds: Double) throws {
        let time = try #require(Date(moment: text))
        #expect(abs(time.timeIntervalSince1970 - seconds) < 0.001)
    }

    @Test(arguments: ["", "yesterday", "1970-1-2", "1970-01-01T00:00:00", "1970-13-01", "19700102", "1970-01-02x"])
    func isRefused(_ text: String) {
        #expect(Date(moment: text) == nil)
    }
}
