import Domain
import Foundation
import Testing

@Suite struct AlertConditionTests {
    private func photo(_ change: (inout Analysis) -> Void) throws -> Photo {
        var analysis = Analysis(states: [:])
        change(&analysis)
        let facts = PictureFacts(width: 4, height: 3, format: .jpeg)
        return Photo(
            id: PhotoID(), bucket: .incoming, key: try #require(PhotoKey("a")), content: .init(bytes: 1, sha256: "aa"),
            createdAt: Date(), state: .analysed(Findings(picture: facts, analysis: analysis)))
    }

    private func match(_ condition: AlertCondition, _ change: (inout Analysis) -> Void) throws -> String? {
        AlertRule(name: try #require(AlertName("a")), condition: condition, notify: []).match(try photo(change))?.match
    }

    private func line(_ text: String) -> TextDetection {
        TextDetection(text, type: .line, confidence: 99, polygon: [Point(x: 0, y: 0), Point(x: 1, y: 1)])
    }

    @Test func aLabelByNameOrAliasSureEnough() throws {
        let label = Label(name: "Car", confidence: 80, aliases: ["Automobile"])
        for name in ["car", "Car", "AUTOMOBILE"] {
            #expect(try match(.label(name, minConfidence: 80)) { $0.labels = [label] } == "Car 80")
        }
        #expect(try match(.label("Car", minConfidence: 80.1)) { $0.labels = [label] } == nil)
        // As everywhere else: 100 is only what people said.
        let sure = Label(name: "Car", confidence: 99.8)
        #expect(try match(.label("Car", minConfidence: 80)) { $0.labels = [sure] } == "Car 99")
        #expect(try match(.label("Ca", minConfidence: 1)) { $0.labels = [label] } == nil)
    }

    @Test func moderationOfAnyKindOrOne() throws {
        let found = [
            ModerationLabel(name: "Weapons", parent: "Violence", confidence: 61),
            ModerationLabel(name: "Suggestive", parent: "", confidence: 30),
        ]
        #expect(try match(.moderation(nil, minConfidence: 60)) { $0.moderation = found } == "Weapons 61")
        #expect(try match(.moderation("violence", minConfidence: 60)) { $0.moderation = found } == "Weapons 61")
        #expect(try match(.moderation("Suggestive", minConfidence: 31)) { $0.moderation = found } == nil)
        #expect(try match(.moderation(nil, minConfidence: 62)) { $0.moderation = found } == nil)
    }

    @Test func textAcrossLinesAndCases() throws {
        let text = [line("Rechnung"), line("INVOICE No 7"), line("Summe")]
        #expect(try match(.text("invoice no")) { $0.text = text } == "INVOICE No 7")
        #expect(try match(.text("7 summe")) { $0.text = text } == "7 summe")
        #expect(try match(.text("receipt")) { $0.text = text } == nil)
    }

    @Test func facesByTheirNumber() throws {
        let face = Face(box: Box(left: 0, top: 0, width: 0.1, height: 0.1), confidence: 99)
        #expect(try match(.faces(2)) { $0.faces = [face, face] } == "2 faces")
        #expect(try match(.faces(3)) { $0.faces = [face, face] } == nil)
    }

    @Test func onlyPhotosOfItsBucketAreMeant() throws {
        let name = try #require(AlertName("a"))
        let rule = AlertRule(name: name, condition: .faces(1), bucket: .private, notify: [])
        let face = Face(box: Box(left: 0, top: 0, width: 0.1, height: 0.1), confidence: 99)
        #expect(rule.match(try photo { $0.faces = [face] }) == nil)
    }

    @Test(arguments: [
        AlertCondition.label("Car", minConfidence: 80), .moderation(nil, minConfidence: 60),
        .moderation("Violence", minConfidence: 55.5), .text("INVOICE"), .faces(3),
    ])
    func readsBack(_ condition: AlertCondition) throws {
        #expect(try JSONDecoder().decode(AlertCondition.self, from: try JSONEncoder().encode(condition)) == condition)
    }

    @Test(arguments: [
        #"{"kind": "label", "minConfidence": 80}"#, #"{"kind": "label", "name": "  ", "minConfidence": 80}"#,
        #"{"kind": "label", "name": "Car", "minConfidence": 101}"#, #"{"kind": "faces", "atLeast": 0}"#,
        #"{"kind": "smell"}"#, #"{"kind": "text", "contains": ""}"#,
    ])
    func nonsenseIsRefused(_ json: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(AlertCondition.self, from: Data(json.utf8)) }
    }
}
