/// Labels in an order that tells most: exact ones ahead of what they are kinds of.
///
/// A label is worth the photos for which nothing more exact is known, estimated as its own photos less those of every
/// label below it: 500 animals of which 300 are cats and 200 dogs say nothing that the cats and dogs do not.
public struct LabelRanking: Sendable {
    /// All labels, most telling first.
    public let labels: [NamedCount]
    /// The labels that are no kind of anything and have others below them, most photos first.
    public let kinds: [NamedCount]

    /// Ranks labels; `parents` gives for each label what it is a kind of.
    public init(_ counts: [NamedCount], parents: [String: [String]]) {
        var below: [String: Int] = [:]
        for count in counts {
            for parent in Set(parents[count.name] ?? []) { below[parent, default: 0] += count.photos }
        }
        func worth(_ count: NamedCount) -> Int { max(0, count.photos - below[count.name, default: 0]) }
        let byPhotos = counts.sorted { ($1.photos, $0.name) < ($0.photos, $1.name) }
        labels = byPhotos.sorted { (worth($1), $1.photos, $0.name) < (worth($0), $0.photos, $1.name) }
        kinds = byPhotos.filter { (parents[$0.name] ?? []).isEmpty && below[$0.name] != nil }
    }
}
