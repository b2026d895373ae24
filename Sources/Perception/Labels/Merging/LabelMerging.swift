internal import Domain

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
        // Empty where the label model did not look.
        let masses = evidence.classes.isEmpty ? [] : vocabulary.masses(evidence.classes)
        addClasses(masses, evidence, to: &board)
        addKinds(evidence, to: &board)
        addThings(masses, evidence, to: &board)
        addPeople(faces, to: &board)
        addText(text, to: &board)
        addLook(evidence, facts, to: &board)
        for statement in evidence.statements {
            board.raise(vocabulary.label(of: statement.name), to: statement.confidence)
        }
        return board.ranked.filter { $0.confidence >= floor }
    }
}
