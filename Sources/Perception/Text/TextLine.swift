internal import Domain

/// A line of text that was read.
struct TextLine: Sendable, Equatable {
    /// Its corners in the pixels of the picture: top left, top right, bottom right, bottom left of the text as it is read.
    var corners: [PixelPoint]
    /// What it says, without spaces at the ends.
    var characters: [ReadCharacter]
    /// How much of the line's length one step of the reading network covers, 0…1.
    var stepShare: Double

    init(corners: [PixelPoint], characters: [ReadCharacter], stepShare: Double) {
        self.corners = corners
        let begun = characters.drop { $0.text == " " }
        self.characters = begun.reversed().drop { $0.text == " " }.reversed()
        self.stepShare = stepShare
    }

    /// What it says.
    var text: String { characters.map(\.text).joined() }

    /// How sure, 0…1: the mean of its characters.
    var confidence: Double { characters[...].confidence }

    /// A part of a line between spaces.
    struct Word: Sendable, Equatable {
        var text: String
        /// How sure, 0…1.
        var confidence: Double
        /// Where in the line it begins and ends, 0…1.
        var span: ClosedRange<Double>
    }

    /// Its words. Characters are known by their middles only, so that a word is taken to begin half a character before its
    /// first middle, though not nearer to the word before; the first begins and the last ends with the line.
    var words: [Word] {
        let parts = characters.split { $0.text == " " }
        return parts.enumerated().map { number, part in
            let (first, last) = (middle(part.first), middle(part.last))
            let half = part.count > 1 ? (last - first) / Double(part.count - 1) / 2 : stepShare
            let before = number == 0 ? nil : middle(parts[number - 1].last)
            let after = number == parts.count - 1 ? nil : middle(parts[number + 1].first)
            let left = before.map { max(first - half, ($0 + first) / 2) } ?? 0
            let right = after.map { min(last + half, ($0 + last) / 2) } ?? 1
            return Word(
                text: part.map(\.text).joined(), confidence: part.confidence,
                span: min(left, right)...max(left, right))
        }
    }

    private func middle(_ character: ReadCharacter?) -> Double {
        min((Double(character?.step ?? 0) + 0.5) * stepShare, 1)
    }

    /// The corners of a stretch of the line, each side divided in the same proportion.
    func corners(of span: ClosedRange<Double>) -> [PixelPoint] {
        guard corners.count == 4 else { return corners }
        func point(_ share: Double, from start: PixelPoint, to end: PixelPoint) -> PixelPoint {
            PixelPoint(x: start.x + share * (end.x - start.x), y: start.y + share * (end.y - start.y))
        }
        return [
            point(span.lowerBound, from: corners[0], to: corners[1]),
            point(span.upperBound, from: corners[0], to: corners[1]),
            point(span.upperBound, from: corners[3], to: corners[2]),
            point(span.lowerBound, from: corners[3], to: corners[2]),
        ]
    }

    /// The line and then its words, as they are told, in a picture of this size.
    func detections(width: Int, height: Int) -> [TextDetection] {
        func detection(
            _ text: String, _ type: TextDetection.Kind, _ confidence: Double, _ corners: [PixelPoint]
        ) -> TextDetection {
            TextDetection(
                text, type: type, confidence: (min(max(confidence, 0), 1) * 10_000).rounded() / 100,
                polygon: corners.map { corner in
                    Point(
                        x: min(max(corner.x / Double(width), 0), 1), y: min(max(corner.y / Double(height), 0), 1))
                })
        }
        return [detection(text, .line, confidence, corners)]
            + words.map { detection($0.text, .word, $0.confidence, corners(of: $0.span)) }
    }
}

extension ArraySlice<ReadCharacter> {
    /// The mean over those that were read; 0 when there are none.
    fileprivate var confidence: Double {
        let known = compactMap(\.confidence)
        return known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
    }
}
