import Domain
import Testing

@testable import Perception

@Suite("Lines, words and their places")
struct TextLineTests {
    /// A line 100 pixels long, read in 20 steps; a dot is a step of nothing.
    func line(_ text: String, left: Double = 0, top: Double = 0, height: Double = 10) -> TextLine {
        let characters = text.enumerated().compactMap { step, character in
            character == "." ? nil : ReadCharacter(text: String(character), step: step, confidence: 0.8)
        }
        return TextLine(corners: corners(left, top, 100, height), characters: characters, stepShare: 0.05)
    }

    func corners(_ left: Double, _ top: Double, _ width: Double, _ height: Double) -> [PixelPoint] {
        [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]
            .map { PixelPoint(x: $0.0, y: $0.1) }
    }

    @Test("Spaces at the ends belong to no line")
    func trimmed() {
        #expect(line(" a.b ").text == "ab")
        #expect(line(" ").text.isEmpty)
        #expect(line(" ").confidence == 0)
        #expect(line(" ").words.isEmpty)
    }

    @Test("A line is as sure as its characters in the mean; a space put in does not count")
    func confidence() {
        var line = line("ab")
        line.characters[1].confidence = 0.4
        line.characters.insert(ReadCharacter(text: " ", step: 1, confidence: nil), at: 1)
        #expect(abs(line.confidence - 0.6) < 1e-12)
        #expect(line.words.map(\.confidence) == [0.8, 0.4])
    }

    @Test("Words begin half a character before their first middle, the first and the last with the line")
    func words() {
        // Middles at 0.025 + step · 0.05: ab at 0.025 and 0.125, cd at 0.425 and 0.525, e at 0.825.
        let words = line("a.b.. ..c.d.. ..e...").words
        #expect(words.map(\.text) == ["ab", "cd", "e"])
        let expected = [0...0.175, 0.375...0.575, 0.775...1]
        for (word, span) in zip(words, expected) {
            #expect(abs(word.span.lowerBound - span.lowerBound) < 1e-9)
            #expect(abs(word.span.upperBound - span.upperBound) < 1e-9)
        }
    }

    @Test("Words that stand close share the way between them")
    func closeWords() {
        let words = line("a...b c...d").words
        #expect(abs(words[0].span.upperBound - 0.275) < 1e-9)
        #expect(abs(words[1].span.lowerBound - 0.275) < 1e-9)
    }

    @Test("The line is told first, then its words, relative to the picture")
    func detections() throws {
        let told = line("a.b.. ..c.d.. ..e...", left: 50, top: 20).detections(width: 200, height: 100)
        #expect(told.map(\.type) == [.line, .word, .word, .word])
        #expect(told.map(\.text) == ["ab cd e", "ab", "cd", "e"])
        #expect(told.allSatisfy { $0.confidence == 80 })
        #expect(
            told[0].polygon == [(0.25, 0.2), (0.75, 0.2), (0.75, 0.3), (0.25, 0.3)].map { Point(x: $0.0, y: $0.1) })
        #expect(abs(told[2].polygon[0].x - (50 + 37.5) / 200) < 1e-9)
        #expect(abs(told[2].polygon[1].x - (50 + 57.5) / 200) < 1e-9)
        #expect(told[2].polygon.map(\.y) == [0.2, 0.2, 0.3, 0.3])
    }

    @Test("What reaches beyond the picture is cut off at its edge")
    func clipped() {
        let told = line("ab", left: -20, top: 95).detections(width: 60, height: 100)
        #expect(told[0].box.left == 0)
        #expect(told[0].box.width == 1)
        #expect(told[0].polygon.map(\.y) == [0.95, 0.95, 1, 1])
    }

    @Test("Rows are read from the top, each from the left, though its lines do not stand quite level")
    func readingOrder() {
        let lines = [
            line("d", left: 150, top: 31), line("c", left: 10, top: 34), line("e", left: 0, top: 60),
            line("b", left: 150, top: 2), line("a", left: 0, top: 5),
        ]
        #expect(lines.inReadingOrder().map(\.text) == ["a", "b", "c", "d", "e"])
    }

    @Test("A page that is turned is read as it is written", arguments: [0, 1, 2, 3])
    func turned(quarters: Int) {
        let lines = [line("b", left: 150, top: 2), line("c", left: 0, top: 30), line("a", left: 0, top: 5)]
        let turned = lines.map { line in
            var line = line
            for _ in 0..<quarters { line.corners = line.corners.map { PixelPoint(x: -$0.y, y: $0.x) } }
            return line
        }
        #expect(turned.inReadingOrder().map(\.text) == ["a", "b", "c"])
    }
}
