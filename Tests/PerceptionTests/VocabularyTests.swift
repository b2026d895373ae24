import Domain
import Foundation
import Testing

@testable import Perception

@Suite("Classes to labels")
struct VocabularyTests {
    /// Classes: two kinds of cat of one name, a dog, a truck.
    static let json = """
        {"format":1,"tables":"…","labels":[
        {"name":"Animal","parents":[]},{"name":"Vehicle","parents":[]},{"name":"Pet","parents":["Animal"]},
        {"name":"Cat","parents":["Pet","Animal"]},{"name":"Dog","parents":["Pet","Animal"]},
        {"name":"Truck","parents":["Vehicle"]}],"classes":[3,3,4,5]}
        """

    func vocabulary(_ json: String = json) throws -> Vocabulary {
        try Vocabulary(json: Data(json.utf8))
    }

    @Test("A label is as sure as all its kinds together")
    func sums() throws {
        let labels = try vocabulary().labels(probabilities: [0.3, 0.25, 0.35, 0.1])
        #expect(
            labels == [
                Label(name: "Pet", confidence: 90, parents: ["Animal"]),
                Label(name: "Animal", confidence: 90),
                Label(name: "Cat", confidence: 55, parents: ["Pet", "Animal"]),
                Label(name: "Dog", confidence: 35, parents: ["Pet", "Animal"]),
                Label(name: "Truck", confidence: 10, parents: ["Vehicle"]),
                Label(name: "Vehicle", confidence: 10),
            ])
    }

    @Test("Confidences have two decimals and stay within 100")
    func rounding() throws {
        let labels = try vocabulary().labels(probabilities: [0.333333, 0.333333, 0.333335, 0])
        #expect(labels.map(\.confidence) == [100, 100, 66.67, 33.33])
        #expect(try vocabulary().labels(probabilities: [1.0000001, 0, 0, 0]).allSatisfy { $0.confidence == 100 })
    }

    @Test("What lies below the floor is left out, what lies on it stays")
    func floor() throws {
        let labels = try vocabulary().labels(probabilities: [0.04, 0.009, 0.9, 0.05])
        #expect(Set(labels.map(\.name)) == ["Animal", "Pet", "Dog", "Truck", "Vehicle"])
        #expect(try vocabulary().labels(probabilities: [0.04, 0.009, 0.9, 0.05], floor: 0).count == 6)
    }

    @Test("A label never comes after what it is a kind of, and is never surer", arguments: 0..<40)
    func order(seed: Int) throws {
        var state = UInt64(seed + 1)
        let raw = (0..<4).map { _ -> Double in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40)
        }
        let labels = try vocabulary().labels(probabilities: raw.map { $0 / raw.reduce(0, +) }, floor: 0)
        #expect(labels.map(\.confidence) == labels.map(\.confidence).sorted(by: >))
        for (place, label) in labels.enumerated() {
            for parent in label.parents {
                let other = try #require(labels.firstIndex { $0.name == parent })
                #expect(labels[other].confidence >= label.confidence)
                #expect(labels[other].confidence > label.confidence || place < other)
            }
        }
    }

    @Test(
        "What is no vocabulary is refused with the remedy",
        arguments: [
            "", "[]", #"{"format":2,"labels":[],"classes":[]}"#,
            #"{"format":1,"labels":[{"name":"Cat","parents":[]}],"classes":[1]}"#,
            #"{"format":1,"labels":[{"name":"Cat","parents":[]}],"classes":[-1]}"#,
        ])
    func damaged(json: String) {
        let error = #expect(throws: UnavailableError.self) { try vocabulary(json) }
        #expect(error?.description.contains("make models") == true)
    }
}
