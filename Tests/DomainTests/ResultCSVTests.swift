import Domain
import Foundation
import Testing

@Suite struct ResultCSVTests {
    private func line(key: String, change: (inout Findings) -> Void = { _ in }) throws -> String {
        var findings = Findings(
            picture: PictureFacts(width: 4, height: 3, format: .jpeg), analysis: Analysis(states: [:]))
        change(&findings)
        let id = try #require(PhotoID("01930000-0000-7000-8000-000000000000"))
        let photo = Photo(
            id: id, bucket: .private, key: try #require(PhotoKey(key)), content: .init(bytes: 9, sha256: "ab"),
            createdAt: Date(timeIntervalSince1970: 0), state: .analysed(findings),
            settledAt: Date(timeIntervalSince1970: 1.5), erasedAt: Date(timeIntervalSince1970: 2))
        return ResultCSV.line(of: PhotoDocument(photo, limits: .standard))
    }

    @Test func aRowHasAFieldForEachName() throws {
        let names = ResultCSV.header.dropLast(1).split(separator: ",", omittingEmptySubsequences: false)
        #expect(ResultCSV.header.hasSuffix("\r\n"))
        let fields = try line(key: "a.jpg").split(separator: ",", omittingEmptySubsequences: false)
        #expect(fields.count == names.count)
        #expect(
            fields.prefix(7) == [
                "01930000-0000-7000-8000-000000000000", "private", "a.jpg", "analysed", "1970-01-01T00:00:00.000Z",
                "1970-01-01T00:00:01.500Z", "1970-01-01T00:00:02.000Z",
            ])
    }

    @Test func whatIsFoundIsListed() throws {
        let row = try line(key: "a") { findings in
            findings.analysis.labels = [Label(name: "Cat", confidence: 97.26), Label(name: "Pet", confidence: 80)]
            findings.picture.location = Location(latitude: -33.8, longitude: 151.2)
            var face = Face(box: Box(left: 0, top: 0, width: 1, height: 1), confidence: 99)
            face.gender = .init(.female, confidence: 98)
            face.ageRange = .init(low: 25, high: 35)
            findings.analysis.faces = [face]
        }
        #expect(row.contains(",Cat 97.3; Pet 80.0,1,\"woman, 25–35\","))
        #expect(row.contains(",-33.8,151.2,"))
    }

    @Test(arguments: [
        ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("=1+1", "'=1+1"), ("＝1", "'＝1"), ("@cmd", "'@cmd"),
        ("-2", "'-2"),
        ("+3,4", "\"'+3,4\""),
    ])
    func whatASpreadsheetWouldMisreadIsMadePlain(_ key: String, _ field: String) throws {
        #expect(try line(key: key).contains(",private,\(field),analysed,"))
    }
}
