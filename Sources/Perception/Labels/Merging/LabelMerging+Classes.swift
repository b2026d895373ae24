internal import Domain

extension LabelMerging {
    /// Adds what the label model believes. It must choose among its thousand classes, so that a face draws a wig, a page a
    /// menu, a field of stubble hay: the kind of picture has a say, for the label (an animal's picture for a dog) and
    /// against it (a page for anything). A name that nothing is a kind of needs more belief than a wide one.
    ///
    /// Of 5,436 labels, on pictures that the constants had not seen: of those said to be 75 to 85 % sure 74 % were right, of
    /// 85 to 95 % 94 %, above 98 %; area under the curve 0.915. On the 766 that the model is surest of, its belief alone has
    /// 0.77, with the kinds 0.86.
    func addClasses(_ masses: [Double], _ evidence: Evidence, to board: inout LabelBoard) {
        for (number, mass) in masses.enumerated() where mass >= Self.leastMass {
            let confidence = evidence.kinds.isEmpty ? mass : confidence(number, mass: mass, evidence)
            board.raise(
                vocabulary.entries[number].name, to: confidence, isSubject: mass >= Self.subjectMass)
        }
    }

    /// Labels believed in less were not looked at when the constants were fitted.
    static let leastMass = 0.02
    /// What the label model believes in less than this is not what the picture is of.
    static let subjectMass = 0.1
    /// A witness is not believed beyond these log odds; against a label hardly, because a kind has seen few of the things
    /// there are (limits of -1 to -4 do equally well).
    static let believed = -1.0...4.0

    private func confidence(_ number: Int, mass: Double, _ evidence: Evidence) -> Double {
        let odds = logOdds(mass)
        let witness = witnesses[number].flatMap { evidence.kinds[$0] }
        var sum = 0.670 * odds - 0.201 * evidence.graphics - 1.251
        sum += witness.map { 0.373 * min(max($0, Self.believed.lowerBound), Self.believed.upperBound) } ?? -1.366
        if vocabulary.isSpecific(number) { sum += 0.101 * odds - 1.535 }
        return probability(logOdds: sum)
    }
}
