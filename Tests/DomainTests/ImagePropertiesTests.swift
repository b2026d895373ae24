import Domain
import Foundation
import Testing

@Suite struct ImagePropertiesTests {
    let colour = DominantColor(
        red: 1, green: 2, blue: 171, cssColor: "darkblue", simplifiedColor: .blue, pixelPercent: 12.5)

    @Test func aColourIsToldByItsHexCode() throws {
        let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(colour)) as? [String: Any]
        #expect(json?["hexCode"] as? String == "#0102ab")
        #expect(json?["cssColor"] as? String == "darkblue")
        #expect(json?["simplifiedColor"] as? String == "blue")
        #expect(json?["pixelPercent"] as? Double == 12.5)
        #expect(json?.count == 4)
    }

    @Test func propertiesReadBackAsTheyWere() throws {
        let properties = ImageProperties(
            dominantColors: [colour], quality: .init(brightness: 1.25, sharpness: 2, contrast: 3))
        let analysis = Analysis(states: [.labels: .done], properties: properties)
        let back = try JSONDecoder().decode(Analysis.self, from: JSONEncoder().encode(analysis))
        #expect(back == analysis)
        #expect(analysis.shown(within: .standard).properties == properties)
    }

    @Test func analysesFromBeforeThereWereProperties() throws {
        let old = """
            {"states": {"labels": "done"}, "labels": [], "faces": [], "moderation": [], "text": [], "models": {}}
            """
        #expect(try JSONDecoder().decode(Analysis.self, from: Data(old.utf8)).properties == nil)
    }

    @Test(arguments: ["0102ab", "#0102a", "#0102abc", "#01x2ab", ""])
    func whatIsNoHexCodeIsRefused(hexCode: String) {
        let json = """
            {"hexCode": "\(hexCode)", "cssColor": "navy", "simplifiedColor": "blue", "pixelPercent": 1}
            """
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(DominantColor.self, from: Data(json.utf8)) }
    }
}
