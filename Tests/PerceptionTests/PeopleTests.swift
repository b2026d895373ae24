import Domain
import Testing

@testable import Perception

@Suite("People as labels")
struct PeopleTests {
    private func analysis(_ labels: [Label], _ faces: [Face], labelState: AnalysisState = .done) -> Analysis {
        var analysis = Analysis(states: [.labels: labelState, .faces: .done], labels: labels, faces: faces)
        analysis.labelPeople()
        return analysis
    }

    private func face(_ left: Double, confidence: Double) -> Face {
        Face(box: Box(left: left, top: 0.1, width: 0.1, height: 0.1), confidence: confidence)
    }

    @Test("A face makes the label, in the place of its confidence")
    func label() {
        let labels = [Label(name: "Sky", confidence: 95), Label(name: "Tree", confidence: 60)]
        let found = analysis(labels, [face(0.1, confidence: 90)]).labels
        #expect(found.map(\.name) == ["Sky", "Person", "Tree"])
        #expect(found[1].instances == [Label.Instance(box: face(0.1, confidence: 90).box, confidence: 90)])
    }

    @Test("A face inside a person's box is that person; another is one more")
    func merging() {
        let body = Label.Instance(box: Box(left: 0, top: 0, width: 0.4, height: 1), confidence: 70)
        let person = Label(name: "Person", confidence: 70, instances: [body])
        let found = analysis([person], [face(0.1, confidence: 88), face(0.8, confidence: 60)]).labels
        #expect(found.count == 1)
        #expect(found[0].confidence == 88)
        #expect(found[0].instances.map(\.box) == [body.box, face(0.8, confidence: 60).box])
        #expect(found[0].instances.map(\.confidence) == [88, 60])
    }

    @Test("A body has one face: the surest body that holds it; the second face in one box is one more person")
    func oneFaceEach() {
        let bodies = [(0.5, 40.0), (0.4, 70)].map { width, confidence in
            Label.Instance(box: Box(left: 0, top: 0, width: width, height: 1), confidence: confidence)
        }
        let person = Label(name: "Person", confidence: 70, instances: bodies)
        let faces = [face(0.1, confidence: 80), face(0.2, confidence: 60), face(0.05, confidence: 50)]
        let instances = analysis([person], faces).labels[0].instances
        #expect(instances.map(\.confidence) == [80, 60, 50])
        #expect(instances.map(\.box.width) == [0.4, 0.5, 0.1])
    }

    @Test("Without faces, or where labels are off or unavailable, nothing changes")
    func untouched() {
        let labels = [Label(name: "Sky", confidence: 95)]
        #expect(analysis(labels, []).labels == labels)
        #expect(analysis([], [face(0, confidence: 90)], labelState: .off).labels.isEmpty)
        #expect(analysis([], [face(0, confidence: 90)], labelState: .unavailable).labels.isEmpty)
    }
}
