internal import Domain
internal import Foundation

/// Makes one list of labels out of what all models saw: classes, kinds of pictures, things with boxes, faces, text, light.
///
/// How sure a label is was fitted on verdicts of people: the constants in the files of this folder are what
/// `Models/own/kinds/merging.py` prints, with the figures on pictures that were not used.
struct LabelMerging: Sendable {
    let vocabulary: Vocabulary
    /// The kind of picture that speaks for each label, by the label's number; `nil` where none does.
    let witnesses: [String?]

    init(_ vocabulary: Vocabulary) {
        self.vocabulary = vocabulary
        witnesses = vocabulary.entries.map { Self.witness(of: $0) }
    }

    /// The labels of a picture, in the order of `LabelBoard.ranked`; those below `floor` (0…100) are left out.
    func labels(
        from evidence: Evidence, faces: [Face], text: [TextDetection], facts: PictureFacts,
        floor: Double = LabelLimits.floor
    ) -> [Label] {
        var board = LabelBoard(vocabulary)
        addClasses(evidence, to: &board)
        addKinds(evidence, to: &board)
        addThings(evidence, to: &board)
        addPeople(faces, to: &board)
        addText(text, evidence, to: &board)
        addLook(evidence, facts, to: &board)
        for statement in evidence.statements {
            board.raise(vocabulary.label(of: statement.name), to: statement.confidence)
        }
        return board.ranked.filter { $0.confidence >= floor }
    }
}

/// The share, 0…1, that log odds stand for.
func probability(logOdds: Double) -> Double {
    1 / (1 + exp(-logOdds))
}

/// The log odds of a probability; those next to 0 and 1 count as 1 and 9,999 in ten thousand.
func logOdds(_ probability: Double) -> Double {
    let kept = min(max(probability, 1e-4), 1 - 1e-4)
    return log(kept / (1 - kept))
}
