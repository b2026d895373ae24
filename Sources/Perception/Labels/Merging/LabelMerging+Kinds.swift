internal import Domain

extension LabelMerging {
    /// Adds the kinds of pictures. What is outdoors is not indoors: the likelier of the two leaves the other the rest.
    func addKinds(_ evidence: Evidence, to board: inout LabelBoard) {
        for (kind, odds) in evidence.kinds.sorted(by: { $0.key < $1.key }) {
            board.raise(kind, to: probability(logOdds: odds), isSubject: false)
        }
        let (outdoors, indoors) = (board.confidence(of: "Outdoors"), board.confidence(of: "Indoors"))
        guard outdoors > 0, indoors > 0 else { return }
        if outdoors >= indoors {
            board.lower("Indoors", to: 1 - outdoors)
        } else {
            board.lower("Outdoors", to: 1 - indoors)
        }
    }
}
