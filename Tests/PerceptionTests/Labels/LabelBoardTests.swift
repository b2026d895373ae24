import Domain
import Testing

@testable import Perception

@Suite("Putting labels together")
struct LabelBoardTests {
    private func board() throws -> LabelBoard { LabelBoard(try VocabularyTests.vocabulary()) }

    private func instance(_ left: Double, _ confidence: Double) -> Label.Instance {
        Label.Instance(box: Box(left: left, top: 0, width: 0.1, height: 0.1), confidence: confidence)
    }

    @Test("What a label is a kind of is no less sure; what was surer stays so")
    func raising() throws {
        var board = try board()
        board.raise("Animal", to: 0.8)
        board.raise("Cat", to: 0.9)
        board.raise("Dog", to: 0.3)
        board.raise("Cat", to: 0.5)
        let sure = Dictionary(uniqueKeysWithValues: board.labels.map { ($0.name, $0.confidence) })
        #expect(sure == ["Animal": 90, "Pet": 90, "Cat": 90, "Dog": 30])
        #expect(board.confidence(of: "Cat") == 0.9 && board.confidence(of: "Truck") == 0)
    }

    @Test("What is lowered takes along what is a kind of it")
    func lowering() throws {
        var board = try board()
        board.raise("Cat", to: 0.9)
        board.lower("Pet", to: 0.2)
        let sure = Dictionary(uniqueKeysWithValues: board.labels.map { ($0.name, $0.confidence) })
        #expect(sure == ["Animal": 90, "Pet": 20, "Cat": 20])
    }

    @Test("What two models see in one place is one thing, as sure as the surer")
    func instances() throws {
        var board = try board()
        board.add(instance(0, 50), to: "Dog")
        board.add(instance(0.01, 70), to: "Dog")
        board.add(instance(0.06, 60), to: "Dog")
        #expect(board.instances(of: "Dog") == [instance(0, 70), instance(0.06, 60)])
        #expect(board.confidence(of: "Dog") == 0.7 && board.confidence(of: "Animal") == 0.7)
        #expect(board.instances(of: "Animal").isEmpty && board.instances(of: "Cat").isEmpty)
    }

    @Test("What the picture is of first, then its setting; each surest first, and of equals the more specific")
    func order() throws {
        var board = try board()
        board.raise("Outdoors", to: 0.99, isSubject: false)
        board.raise("Vehicle", to: 0.8, isSubject: false)
        board.raise("Cat", to: 0.6)
        board.raise("Truck", to: 0.7)
        #expect(board.ranked.map(\.name) == ["Vehicle", "Truck", "Cat", "Pet", "Animal", "Outdoors"])
    }

    @Test("A label that no vocabulary has stands by itself")
    func unknown() throws {
        var board = try board()
        board.raise("Hard Hat", to: 0.5)
        #expect(board.labels == [Label(name: "Hard Hat", confidence: 50)])
    }
}
