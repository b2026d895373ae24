extension LabelMerging {
    /// Which kind of picture speaks for a label: that of the first of these which the label is, or is a kind of.
    private static let kinds: [(ancestor: String, kind: String)] = [
        ("Animal", "Animal"), ("Vehicle", "Vehicle"), ("Plant", "Plant"), ("Food", "Food"), ("Building", "Building"),
        ("Screenshot", "Screenshot"), ("Document", "Document"), ("Clothing", "Person"), ("Accessory", "Person"),
        ("Person", "Person"), ("Water", "Water"), ("Nature", "Nature"), ("Street", "Street"),
        ("Furniture", "Indoors"), ("Electronics", "Indoors"), ("Home Decor", "Indoors"), ("Kitchenware", "Indoors"),
    ]

    static func witness(of entry: Vocabulary.Entry) -> String? {
        let chain = Set([entry.name] + entry.parents)
        return kinds.first { chain.contains($0.ancestor) }?.kind
    }
}
