import Testing

@testable import Perception

@Suite("What is text and what a texture")
struct CredibleLineTests {
    func isCredible(_ text: String, _ confidence: Double) -> Bool {
        let characters = text.enumerated().map { step, character in
            ReadCharacter(
                text: String(character), step: step, confidence: character == " " ? nil : confidence)
        }
        return TextLine(corners: [], characters: characters, stepShare: 0.1).isCredible
    }

    @Test("The shorter it is, the surer it has to be")
    func length() {
        #expect(isCredible("8", 0.94) && !isCredible("8", 0.92))
        #expect(isCredible("号码", 0.86) && !isCredible("米米", 0.84))
        #expect(isCredible("RED", 0.76) && !isCredible("888", 0.71))
        #expect(isCredible("EXIT", 0.66) && !isCredible("CiNS", 0.58))
        #expect(isCredible("LONDON", 0.51) && !isCredible("LONDON", 0.49))
    }

    @Test("Spaces are no characters")
    func spaces() {
        #expect(!isCredible("A  0", 0.8))
    }

    @Test("Stars and strokes alone are no text, however sure")
    func symbols() {
        #expect(!isCredible("★★★★", 0.99) && !isCredible("-", 1) && !isCredible("", 1))
        #expect(isCredible("$4", 0.95))
    }
}
