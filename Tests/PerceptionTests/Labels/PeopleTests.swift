import Domain
import Testing

@testable import Perception

@Suite("People as labels")
struct PeopleTests {
    private func labels(_ faces: [Face], bodies: [(width: Double, score: Double)] = []) throws -> [String: Label] {
        let things = bodies.map {
            Evidence.Thing(
                name: "person", box: Box(left: 0, top: 0, width: $0.width, height: 1), score: $0.score, isWeighed: false
            )
        }
        let found = try LabelMerging(VocabularyTests.vocabulary()).labels(
            from: Evidence(things: things), faces: faces, text: [],
            facts: PictureFacts(width: 100, height: 100, format: .png))
        return Dictionary(uniqueKeysWithValues: found.map { ($0.name, $0) })
    }

    private func face(_ left: Double, confidence: Double, ages: ClosedRange<Int>? = nil, male: Double? = nil) -> Face {
        var face = Face(box: Box(left: left, top: 0.1, width: 0.1, height: 0.1), confidence: confidence)
        face.ageRange = ages.map { Face.AgeRange(low: $0.lowerBound, high: $0.upperBound) }
        face.gender = male.map { Face.Trait($0 >= 50 ? .male : .female, confidence: max($0, 100 - $0)) }
        return face
    }

    @Test("A face is a person")
    func one() throws {
        let found = try labels([face(0.1, confidence: 90)])
        #expect(found["Person"]?.confidence == 90)
        #expect(found["Person"]?.instances == [Label.Instance(box: face(0.1, confidence: 90).box, confidence: 90)])
        #expect(found["Face"]?.parents == ["Person"] && found["Face"]?.instances.isEmpty == true)
        #expect(found["People"] == nil)
    }

    @Test("A face inside a person's box is that person; another is one more")
    func joining() throws {
        let people = try labels(
            [face(0.1, confidence: 88), face(0.8, confidence: 60)], bodies: [(width: 0.4, score: 0.7)])["Person"]
        #expect(people?.confidence == 88)
        #expect(people?.instances.map(\.box.width) == [0.4, 0.1])
        #expect(people?.instances.map(\.confidence) == [88, 60])
    }

    @Test("A body has one face: the surest body that holds it; the second face in one box is one more person")
    func oneFaceEach() throws {
        let faces = [face(0.1, confidence: 80), face(0.2, confidence: 60), face(0.05, confidence: 50)]
        let people = try labels(faces, bodies: [(width: 1, score: 0.4), (width: 0.4, score: 0.7)])["Person"]
        #expect(people?.instances.map(\.confidence) == [80, 60, 50])
        #expect(people?.instances.map(\.box.width) == [0.4, 1, 0.1])
    }

    @Test("Two are people, three a group, ten a crowd, each as sure as that many are there")
    func company() throws {
        let found = try labels((0..<10).map { face(Double($0) / 10, confidence: 90 - Double($0)) })
        #expect(found["People"]?.confidence == 89)
        #expect(found["Group"]?.confidence == 88)
        #expect(found["Crowd"]?.confidence == 81)
        #expect(try labels([face(0, confidence: 90), face(0.5, confidence: 80)])["Group"] == nil)
    }

    @Test(
        "Age and gender make labels, never surer than the face; in between nothing is told",
        arguments: [
            (25...40, 95.0, ["Adult", "Man"]), (25...40, 3, ["Adult", "Woman"]), (6...11, 90, ["Boy", "Child"]),
            (6...11, 8, ["Child", "Girl"]), (0...2, 90, ["Baby"]), (13...19, 90, []),
        ])
    func appearance(ages: ClosedRange<Int>, male: Double, expected: [String]) throws {
        let found = try labels([face(0, confidence: 80, ages: ages, male: male)])
        let told = ["Adult", "Baby", "Boy", "Child", "Girl", "Man", "Woman"].filter { found[$0] != nil }
        #expect(told == expected)
        #expect(told.allSatisfy { found[$0].map { $0.confidence <= 80 } == true })
    }

    @Test("A smile is a label")
    func smile() throws {
        var smiling = face(0, confidence: 95)
        smiling.smile = Face.Trait(true, confidence: 91)
        #expect(try labels([smiling])["Smile"]?.confidence == 91)
    }
}
