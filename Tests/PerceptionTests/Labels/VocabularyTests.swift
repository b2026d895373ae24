import Domain
import Foundation
import Testing

@testable import Perception

@Suite("Classes to labels")
struct VocabularyTests {
    /// Classes: two kinds of cat of one name, a dog, a truck.
    static let json = """
        {"format":2,"tables":"…","labels":[
        {"name":"Animal","parents":[],"categories":["Animals and Pets"]},{"name":"Vehicle","parents":[]},
        {"name":"Pet","parents":["Animal"],"categories":["Animals and Pets"]},
        {"name":"Cat","parents":["Pet","Animal"],"aliases":["Kitty"],"categories":["Animals and Pets"]},
        {"name":"Dog","parents":["Pet","Animal"]},{"name":"Truck","parents":["Vehicle"]},
        {"name":"Television","parents":[],"aliases":["TV"]},{"name":"Person","parents":[]},
        {"name":"Outdoors","parents":[]},{"name":"Indoors","parents":[]},{"name":"Face","parents":["Person"]}],
        "classes":[3,3,4,5]}
        """

    static func vocabulary(_ json: String = json) throws -> Vocabulary {
        try Vocabulary(json: Data(json.utf8))
    }

    /// One label that is a kind of nothing, for tests of other things.
    static func ofDogs() throws -> Vocabulary {
        try vocabulary(#"{"format":2,"labels":[{"name":"Dog","parents":[]}],"classes":[0]}"#)
    }

    @Test("A label holds the belief in all its kinds together")
    func sums() throws {
        let vocabulary = try Self.vocabulary()
        let masses = vocabulary.masses([0.25, 0.25, 0.375, 0.125])
        let byName = Dictionary(uniqueKeysWithValues: zip(vocabulary.entries.map(\.name), masses))
        #expect(byName["Cat"] == 0.5 && byName["Pet"] == 0.875 && byName["Animal"] == 0.875)
        #expect(byName["Truck"] == 0.125 && byName["Television"] == 0)
        #expect(vocabulary.masses([1.0000001, 0, 0, 0]).allSatisfy { $0 <= 1 })
    }

    @Test("What another model calls a class: by name, by alias, else in title case")
    func names() throws {
        let vocabulary = try Self.vocabulary()
        for (name, label) in [
            ("dog", "Dog"), ("tv", "Television"), ("KITTY", "Cat"), ("traffic light", "Traffic Light"),
            ("hard_hat", "Hard Hat"), ("NO-Vest", "NO-Vest"), ("", ""),
        ] {
            #expect(vocabulary.label(of: name) == label)
        }
    }

    @Test("A label is described with its parents, aliases and categories; an unknown one has none")
    func described() throws {
        let cat = try Self.vocabulary().described("Cat")
        #expect(cat.parents == ["Pet", "Animal"] && cat.aliases == ["Kitty"] && cat.categories == ["Animals and Pets"])
        #expect(try Self.vocabulary().described("Hard Hat") == Label(name: "Hard Hat", confidence: 0))
    }

    @Test("It is known which labels are specific, and which the model has classes for")
    func standing() throws {
        let vocabulary = try Self.vocabulary()
        let (cat, pet) = (try #require(vocabulary.number(of: "Cat")), try #require(vocabulary.number(of: "Pet")))
        #expect(vocabulary.isSpecific(cat) && !vocabulary.isSpecific(pet))
        #expect(vocabulary.hasClasses("Pet") && !vocabulary.hasClasses("Television") && !vocabulary.hasClasses("Hat"))
        #expect(vocabulary.number(of: "Hat") == nil && vocabulary.parents(of: "Hat").isEmpty)
    }

    @Test(
        "What is no vocabulary is refused with the remedy",
        arguments: [
            "", "[]", #"{"format":1,"labels":[],"classes":[]}"#,
            #"{"format":2,"labels":[{"name":"Cat","parents":[]}],"classes":[1]}"#,
            #"{"format":2,"labels":[{"name":"Cat","parents":[]}],"classes":[-1]}"#,
        ])
    func damaged(json: String) {
        let error = #expect(throws: UnavailableError.self) { try Self.vocabulary(json) }
        #expect(error?.description.contains("make models") == true)
    }

    // Needs `make models`.
    @Test("Every class of the detector that comes with Fovea is a label", .enabled(if: Installation.isComplete))
    func detector() throws {
        let vocabulary = try Vocabulary(of: Installation.folder)
        let labels = COCO.classes.map(vocabulary.label)
        #expect(Set(labels).count == 80)
        #expect(labels.filter { vocabulary.number(of: $0) == nil } == [])
    }
}
