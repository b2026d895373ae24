public import Domain

/// Searches that show somebody what can be asked of what they have.
public struct SearchSuggestions: Sendable {
    /// What to try, by the way of asking, the most telling first.
    let ways: [[String]]
    private let bucket: BucketName?

    /// Nothing is tried longer than this in each way of asking.
    private static let patience = 12

    /// Makes searches from what is in the pictures.
    public init(for summary: LibrarySummary, in bucket: BucketName? = nil) {
        self.bucket = bucket
        let names = summary.labels.map(\.name)
        let words = names.map { $0.lowercased() }
        let pairs: [String] = words.prefix(6).enumerated().flatMap { place, first in
            words.prefix(6).dropFirst(place + 1).map { "\(first) \($0)" }
        }
        let exact = names.dropFirst().map { $0.contains(" ") ? "label:\"\($0)\"" : "label:\($0)" }
        let beginnings: [String] = words.dropFirst(2).compactMap { word in
            let start = word.prefix(4)
            return word.count > 5 && start.allSatisfy(\.isLetter) ? "\(start)*" : nil
        }
        let broad = summary.kinds.map { $0.name.lowercased() } + words.dropFirst(3)
        ways = [words, pairs, exact, beginnings, broad].map { Array($0.prefix(Self.patience)) }
    }

    /// One search of each way that finds something; where a way has none, more of the others, up to five.
    public func thatFind(in index: any SearchIndex) async throws(SearchError) -> [String] {
        var found: [String] = []
        for way in ways {
            if let search = try await first(of: way, besides: found, in: index) { found.append(search) }
        }
        for way in ways {
            while found.count < ways.count, let search = try await first(of: way, besides: found, in: index) {
                found.append(search)
            }
        }
        return found
    }

    private func first(
        of way: [String], besides found: [String], in index: any SearchIndex
    ) async throws(SearchError) -> String? {
        for text in way where !found.contains(text) {
            var query = PhotoQuery(text: text)
            if let bucket { query.bucket = bucket }
            if try await !index.photos(matching: query, after: nil, limit: 1).photos.isEmpty { return text }
        }
        return nil
    }
}
