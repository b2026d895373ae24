import Domain
import Foundation
import Testing

@testable import Perception

@Suite("Objects as labels")
struct ObjectLabelTests {
    let names: ObjectNames

    init() throws {
        let json = """
            {"format":1,"tables":"…","labels":[
            {"name":"Animal","parents":[]},{"name":"Mammal","parents":["Animal"]},
            {"name":"Cattle","parents":["Mammal","Animal"]},{"name":"Dog","parents":["Mammal","Animal"]},
            {"name":"Television","parents":["Electronics"]},{"name":"Electronics","parents":[]}],"classes":[3]}
            """
        names = ObjectNames(try Vocabulary(json: Data(json.utf8)))
    }

    func instance(_ left: Double, _ confidence: Double) -> Label.Instance {
        Label.Instance(box: Box(left: left, top: 0, width: 0.1, height: 0.1), confidence: confidence)
    }

    @Test(
        "Classes have everyday names in title case",
        arguments: [
            ("dog", "Dog"), ("tv", "Television"), ("traffic light", "Traffic Light"), ("hard_hat", "Hard Hat"),
            ("NO-Vest", "NO-Vest"), ("Sports Ball", "Ball"), ("", ""),
        ])
    func everydayNames(name: String, expected: String) {
        #expect(names.label(of: name) == expected)
    }

    @Test("Parents are the vocabulary's, or those of the parent that is known")
    func parents() {
        #expect(names.parents(of: "Dog") == ["Mammal", "Animal"])
        #expect(names.parents(of: "Cow") == ["Cattle", "Mammal", "Animal"])
        #expect(names.parents(of: "Hard Hat") == [])
        #expect(ObjectNames(nil).parents(of: "Cow") == ["Cattle"])
    }

    @Test("COCO has 80 classes, each with one label")
    func coco() {
        #expect(COCO.classes.count == 80)
        #expect(Set(COCO.classes.map(names.label)).count == 80)
        #expect(Set(COCO.everydayNames.keys).isSubset(of: COCO.classes))
        #expect(Set(COCO.parents.keys).isSubset(of: COCO.classes.map(names.label)))
    }

    // Needs `make models`.
    @Test(
        "Every COCO label has parents in the installed vocabulary, and they know theirs",
        .enabled(if: Installation.isComplete))
    func installedVocabulary() throws {
        let json = try Data(contentsOf: URL(filePath: Installation.folder.path(of: .vocabulary)))
        let vocabulary = try Vocabulary(json: json)
        let names = ObjectNames(vocabulary)
        for label in COCO.classes.map(names.label) {
            let parents = names.parents(of: label)
            #expect(!parents.isEmpty || vocabulary.parents(of: label) != nil, "\(label) is no kind of anything")
            for parent in parents { #expect(vocabulary.parents(of: parent) != nil, "\(parent) of \(label)") }
        }
        for label in COCO.parents.keys { #expect(vocabulary.parents(of: label) == nil, "\(label) is there by now") }
    }

    @Test("A label is as sure as its surest instance, and what it is a kind of no less")
    func added() {
        var analysis = Analysis(
            states: [:], labels: [Label(name: "Animal", confidence: 80), Label(name: "Dog", confidence: 60)])
        analysis.labels[1].parents = ["Mammal", "Animal"]
        analysis.add([("Dog", instance(0, 90)), ("Dog", instance(0.5, 40)), ("Cow", instance(0.8, 50))], names: names)
        #expect(analysis.labels.map(\.name) == ["Dog", "Mammal", "Animal", "Cow", "Cattle"])
        #expect(analysis.labels.map(\.confidence) == [90, 90, 90, 50, 50])
        #expect(analysis.labels[0].instances == [instance(0, 90), instance(0.5, 40)])
        #expect(analysis.labels[1].parents == ["Animal"])
        #expect(analysis.labels[4].parents == ["Mammal", "Animal"])
        #expect(analysis.labels[1].instances.isEmpty)
    }

    @Test("A label that was surer already stays so")
    func surer() {
        var analysis = Analysis(states: [:], labels: [Label(name: "Dog", confidence: 99)])
        analysis.add([("Dog", instance(0, 30))], names: names)
        #expect(analysis.labels.first == Label(name: "Dog", confidence: 99, instances: [instance(0, 30)]))
    }

    @Test("What two detectors see in one place is one instance, as sure as the surer")
    func twice() {
        var analysis = Analysis(states: [:])
        analysis.add([("Dog", instance(0, 50))], names: names)
        analysis.add([("Dog", instance(0.01, 70)), ("Dog", instance(0.06, 60))], names: names)
        let dog = analysis.labels.first { $0.name == "Dog" }
        #expect(dog?.instances == [instance(0, 70), instance(0.06, 60)])
        #expect(dog?.confidence == 70)
    }
}
