/// A character that was read, and where.
struct ReadCharacter: Sendable, Equatable {
    var text: String
    /// The step of the network that it was read at.
    var step: Int
    /// How sure, 0…1; absent for a space that was put in between.
    var confidence: Double?
}

/// Turns a reading network's probabilities into characters: connectionist temporal classification (Graves et al., 2006),
/// decoded greedily. For each step the network says how likely each character is, or none (class 0); a character goes on
/// as long as it stays the likeliest, and the same again needs a step of none between.
struct ConnectionistDecoding: Sendable {
    /// What the classes mean: none, the characters, the space.
    let alphabet: [String]

    /// Between two Latin characters that the network writes together, a space is put when it held one possible above
    /// this. It was trained on mostly Chinese text and hardly ever finds a space the likeliest.
    ///
    /// On receipts in English words found/right went from 0.76/0.85 (without) to 0.92/0.91; flat from 0.01 to 0.03.
    static let spaceThreshold: Float = 0.02

    /// The alphabet out of a model's key `character`: one to a line.
    init?(characters: String) {
        // By bytes: Swift takes a carriage return and a line feed together for one character.
        let lines = characters.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.count > 1 else { return nil }
        alphabet = [""] + lines.map { String(decoding: $0, as: UTF8.self) } + [" "]
    }

    /// Reads one line: `steps` × the classes of the alphabet, the classes running fastest.
    func characters(of probabilities: UnsafeBufferPointer<Float>, steps: Int) -> [ReadCharacter] {
        let space = alphabet.count - 1
        var read: [ReadCharacter] = []
        var previous = 0
        // The likeliest space since the last character.
        var possibleSpace: Float = 0
        for step in 0..<steps {
            let row = UnsafeBufferPointer(
                rebasing: probabilities[(step * alphabet.count)..<((step + 1) * alphabet.count)])
            let best = row.likeliest
            defer { previous = best }
            guard best != 0, best != previous else {
                possibleSpace = max(possibleSpace, row[space])
                continue
            }
            let character = ReadCharacter(text: alphabet[best], step: step, confidence: Double(row[best]))
            if let last = read.last, last.isLatin, character.isLatin, possibleSpace > Self.spaceThreshold {
                read.append(ReadCharacter(text: " ", step: (last.step + step) / 2, confidence: nil))
            }
            read.append(character)
            possibleSpace = 0
        }
        return read
    }
}

extension ReadCharacter {
    /// Whether it is of those that words are separated by spaces between, and is no space itself.
    fileprivate var isLatin: Bool { text != " " && text.utf8.allSatisfy { $0 < 128 } }
}

extension UnsafeBufferPointer<Float> {
    /// The place of the highest number.
    fileprivate var likeliest: Int {
        var (place, highest) = (0, -Float.infinity)
        for index in indices where self[index] > highest {
            (place, highest) = (index, self[index])
        }
        return place
    }
}
