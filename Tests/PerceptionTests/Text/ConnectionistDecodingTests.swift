import Testing

@testable import Perception

@Suite("Steps to characters")
struct ConnectionistDecodingTests {
    /// Classes: none, a, b, 字, space.
    let decoding = ConnectionistDecoding(characters: "a\nb\n字")

    /// One step for each entry: the likeliest class and its probability, and how likely a space is.
    func read(_ steps: [(best: Int, probability: Float, space: Float)]) throws -> [ReadCharacter] {
        let decoding = try #require(decoding)
        let values = steps.flatMap { step in
            (0..<5).map { $0 == step.best ? step.probability : $0 == 4 ? step.space : 0 }
        }
        return values.withUnsafeBufferPointer { decoding.characters(of: $0, steps: steps.count) }
    }

    @Test("The alphabet is nothing, the lines, and the space")
    func alphabet() {
        #expect(decoding?.alphabet == ["", "a", "b", "字", " "])
        #expect(ConnectionistDecoding(characters: "a\n\r\n\n é")?.alphabet == ["", "a", "\r", "", " é", " "])
        #expect(ConnectionistDecoding(characters: "abc") == nil)
    }

    @Test("A character goes on until another or nothing comes")
    func repeats() throws {
        let characters = try read([
            (0, 0.9, 0), (1, 0.75, 0), (1, 0.5, 0), (0, 0.9, 0), (1, 0.5, 0), (2, 1, 0), (2, 1, 0), (0, 1, 0),
        ])
        #expect(characters.map(\.text) == ["a", "a", "b"])
        #expect(characters.map(\.step) == [1, 4, 5])
        #expect(characters.map(\.confidence) == [0.75, 0.5, 1])
    }

    @Test("A possible space between two Latin characters becomes one")
    func spaceRepair() throws {
        let spaced = try read([(1, 0.9, 0), (0, 0.9, 0.03), (0, 0.9, 0), (2, 0.9, 0)])
        #expect(spaced.map(\.text) == ["a", " ", "b"])
        #expect(spaced[1].confidence == nil)
        #expect(spaced[1].step == 1)
        #expect(try read([(1, 0.9, 0), (0, 0.9, 0.019), (2, 0.9, 0)]).map(\.text) == ["a", "b"])
    }

    @Test("Only steps strictly between count, and only those since the last character")
    func strictlyBetween() throws {
        #expect(try read([(1, 0.9, 0.05), (2, 0.9, 0.05)]).map(\.text) == ["a", "b"])
        #expect(
            try read([(0, 0.9, 0.9), (1, 0.9, 0), (0, 1, 0), (2, 0.9, 0), (0, 0.9, 0.5)]).map(\.text) == ["a", "b"])
    }

    @Test("None is put beside other scripts or beside a space that was read")
    func noSpace() throws {
        #expect(try read([(3, 0.9, 0), (0, 0.9, 0.5), (1, 0.9, 0)]).map(\.text) == ["字", "a"])
        #expect(
            try read([(1, 1, 0), (0, 1, 0.5), (4, 0.9, 0.9), (0, 1, 0.5), (2, 1, 0)]).map(\.text) == ["a", " ", "b"])
    }

    @Test("No steps, no characters")
    func nothing() throws {
        #expect(try read([]).isEmpty)
        #expect(try read([(0, 1, 0), (0, 1, 0.5)]).isEmpty)
    }
}
