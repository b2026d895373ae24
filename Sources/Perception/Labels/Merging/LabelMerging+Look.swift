internal import Domain

extension LabelMerging {
    /// Adds what is to be seen without a model: no colours, and a very wide picture.
    func addLook(_ evidence: Evidence, _ facts: PictureFacts, to board: inout LabelBoard) {
        // Pages and drawings are black and white by nature: nobody looks for those under this name.
        let isPhoto = evidence.graphics < 0
        guard isPhoto else { return }
        if let statistics = evidence.statistics, statistics.isColourless {
            board.raise("Black and White", to: 0.97, isSubject: false)
        }
        let sides = [Double(facts.width), Double(facts.height)].sorted()
        // Screens and films are at most 2.4 times as wide as high.
        if sides[0] >= 300, sides[1] / sides[0] >= 2.5 { board.raise("Panorama", to: 0.9, isSubject: false) }
    }
}

extension PixelStatistics {
    /// Whether there is no colour but for noise, and both light and dark.
    fileprivate var isColourless: Bool { highestChroma < 0.02 && lightest - darkest > 0.3 }
}
