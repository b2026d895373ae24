import Domain
import Testing

@testable import Perception

@Suite("What all models saw becomes labels")
struct LabelMergingTests {
    private func labels(
        _ evidence: Evidence, faces: [Face] = [], text: [TextDetection] = [], width: Int = 800, height: Int = 600
    ) throws -> [String: Double] {
        let facts = PictureFacts(width: width, height: height, format: .jpeg)
        let found = try LabelMerging(VocabularyTests.vocabulary())
            .labels(from: evidence, faces: faces, text: text, facts: facts)
        return Dictionary(uniqueKeysWithValues: found.map { ($0.name, $0.confidence) })
    }

    /// What the label model makes of something that it takes for a dog.
    private func dog(_ kinds: [String: Double]) -> Evidence {
        Evidence(classes: [0.01, 0.01, 0.97, 0.01], kinds: kinds)
    }

    @Test("Without kinds the label model is believed as it is, and nothing below the floor is told")
    func beliefAlone() throws {
        let found = try labels(Evidence(classes: [0.01, 0.02, 0.94, 0.03]))
        #expect(found == ["Dog": 94, "Pet": 97, "Animal": 97])
    }

    @Test("A kind of picture speaks for labels, and against them")
    func witness() throws {
        let animal = try labels(dog(["Animal": 3]))
        let nothing = try labels(dog(["Animal": -3]))
        let page = try labels(dog(["Animal": -3, "Document": 5]))
        #expect(animal["Dog", default: 0] > 60 && animal["Animal", default: 0] > 90)
        #expect(nothing["Dog", default: 0] < 40)
        #expect(page["Dog", default: 0] < nothing["Dog", default: 0])
        #expect(try #require(page["Document"]) > 99)
    }

    @Test("A witness is believed only so far")
    func clamped() throws {
        #expect(try labels(dog(["Animal": 4]))["Dog"] == labels(dog(["Animal": 400]))["Dog"])
    }

    @Test("What is outdoors is not indoors")
    func exclusive() throws {
        let found = try labels(Evidence(kinds: ["Outdoors": 2, "Indoors": 1]))
        #expect(abs(found["Outdoors", default: 0] + found["Indoors", default: 0] - 100) < 0.02)
        #expect(found["Outdoors", default: 0] > 80)
        let other = try labels(Evidence(kinds: ["Outdoors": 0.2, "Indoors": 0.4]))
        #expect(abs(other["Outdoors", default: 0] + other["Indoors", default: 0] - 100) < 0.02)
        #expect(other["Indoors", default: 0] > 50)
    }

    @Test("A detector's find counts for more where the label model believes in it, and for less on a page")
    func things() throws {
        var evidence = dog(["Animal": 2])
        evidence.things = [
            Evidence.Thing(name: "dog", box: Box(left: 0, top: 0, width: 1, height: 1), score: 0.7, isWeighed: true)
        ]
        let believed = try labels(evidence)["Dog", default: 0]
        evidence.classes = [0.01, 0.01, 0.01, 0.97]
        let alone = try labels(evidence)["Dog", default: 0]
        evidence.kinds["Screenshot"] = 4
        let screen = try labels(evidence)["Dog", default: 0]
        #expect(believed > alone && alone > screen)
    }

    @Test("What somebody's own models say is taken as it is")
    func own() throws {
        var evidence = dog(["Animal": -5, "Screenshot": 5])
        evidence.things = [
            Evidence.Thing(
                name: "hard_hat", box: Box(left: 0, top: 0, width: 1, height: 1), score: 0.875, isWeighed: false)
        ]
        evidence.statements = [Evidence.Statement(name: "TV", confidence: 0.6)]
        let found = try labels(evidence)
        #expect(found["Hard Hat"] == 87.5 && found["Television"] == 60)
    }

    @Test("A colourless photo is black and white; a page is not; a very wide photo is a panorama")
    func look() throws {
        let grey = Pixels(width: 40, height: 1, rgb: (0..<40).flatMap { [UInt8](repeating: UInt8($0 * 6), count: 3) })
        var evidence = Evidence(kinds: ["Document": -3], statistics: PixelStatistics(of: grey))
        #expect(try labels(evidence, width: 2500, height: 1000)["Black and White"] == 97)
        #expect(try labels(evidence, width: 2500, height: 1000)["Panorama"] == 90)
        #expect(try labels(evidence)["Panorama"] == nil)
        evidence.kinds["Document"] = 3
        #expect(try labels(evidence, width: 2500, height: 1000)["Black and White"] == nil)
    }
}
