/// The JSON of a summary: the counts, and beside them searches to try.
public struct SummaryDocument: Sendable, Equatable, Codable {
    /// The counts.
    public var counts: LibrarySummary
    /// What may be typed into a search box and finds something.
    public var searches: [String]

    /// Puts both together.
    public init(_ counts: LibrarySummary, searches: [String]) {
        self.counts = counts
        self.searches = searches
    }

    private enum CodingKeys: CodingKey {
        case searches
    }

    /// Reads the counts and, among them, the searches.
    public init(from decoder: any Decoder) throws {
        counts = try LibrarySummary(from: decoder)
        searches = try decoder.container(keyedBy: CodingKeys.self).decode([String].self, forKey: .searches)
    }

    /// Writes the counts and, among them, the searches.
    public func encode(to encoder: any Encoder) throws {
        try counts.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(searches, forKey: .searches)
    }
}
