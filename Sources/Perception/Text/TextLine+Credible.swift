extension TextLine {
    /// Whether it is likely enough to be text and not a texture that looks like some: the fewer its characters, the surer
    /// they have to be, and one has to be a letter or a digit.
    ///
    /// Set on one half of the pictures by SHA-256 and judged on the other. With 0.5 for all lengths as the only condition
    /// 29 of some 630 pictures without text got some (20, 米, ★★★), 16 of them in the half that judges; with these 3 do, 1
    /// of them there (a C of arcs, a 美 of squares). Of 232 lines that were right one is lost, an R read at 0.58.
    var isCredible: Bool {
        let length = characters.count { $0.text != " " }
        guard length > 0, characters.contains(where: \.isAlphanumeric), !isOneSignRepeated else { return false }
        return confidence >= Self.leastConfidence[min(length, Self.leastConfidence.count) - 1]
    }

    /// Whether it is one and the same character again and again, which lattices and railings look like (米米); letters and
    /// digits of ours may be (AA, 11).
    private var isOneSignRepeated: Bool {
        let signs = characters.map(\.text).filter { $0 != " " }
        return signs.count > 1 && Set(signs).count == 1 && signs[0].contains { !$0.isASCII }
    }

    /// For lines of one character, two, and so on; the last for all longer ones.
    private static let leastConfidence = [0.93, 0.85, 0.75, 0.65, 0.55, 0.5]
}

extension ReadCharacter {
    fileprivate var isAlphanumeric: Bool { text.contains { $0.isLetter || $0.isNumber } }
}
