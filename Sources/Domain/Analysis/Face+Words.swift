extension Face {
    /// The person in a few words: `woman, 25–35, smiling`; empty when nothing was measured.
    public var inWords: String {
        let person = gender.map { $0.value == .male ? "man" : "woman" }
        let age = ageRange.map { "\($0.low)–\($0.high)" }
        let smiles = smile?.value == true ? "smiling" : nil
        return [person, age, smiles].compactMap { $0 }.joined(separator: ", ")
    }
}
