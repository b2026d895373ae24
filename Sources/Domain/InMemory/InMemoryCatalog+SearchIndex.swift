extension InMemoryCatalog: SearchIndex {
    /// Looks at every photo.
    public func photos(
        matching query: PhotoQuery, after cursor: Cursor?, limit: Int
    ) async throws(SearchError) -> PhotoPage {
        if let cursor, PhotoID(cursor.rawValue) == nil { throw .badCursor }
        let found = photos.values.map(current)
            .filter { matches($0, query) && (cursor.map { [id = $0.id] in id.description < $0.rawValue } ?? true) }
            .sorted { $0.id > $1.id }
        let page = Array(found.prefix(limit))
        let next = found.count > limit ? page.last.map { Cursor(rawValue: $0.id.description) } : nil
        return PhotoPage(photos: page, next: next)
    }

    /// Counts the labels of every photo.
    public func labelCounts() -> [LabelCount] {
        let names = photos.values.flatMap { photo in
            Set(photo.labels.filter { $0.confidence >= PhotoQuery.standardConfidence }.map(\.name))
        }
        return Dictionary(grouping: names) { $0 }.map { LabelCount(name: $0.key, photos: $0.value.count) }
            .sorted { ($1.photos, $0.name) < ($0.photos, $1.name) }
    }

    private func matches(_ photo: Photo, _ query: PhotoQuery) -> Bool {
        let labels = photo.labels
        let sure = labels.filter { $0.confidence >= PhotoQuery.standardConfidence }.flatMap { [$0.name] + $0.aliases }
        let text = (sure + [photo.key.description]).joined(separator: "\n").lowercased()
        let words = Set(text.split { !$0.isLetter && !$0.isNumber }.map(Self.stem))
        return (query.bucket ?? photo.bucket) == photo.bucket
            && (query.status ?? photo.status) == photo.status
            && query.labels.allSatisfy { wanted in
                labels.contains { $0.name.lowercased() == wanted.lowercased() && $0.confidence >= query.minConfidence }
            }
            && query.words.allSatisfy { word in
                if word.count > 1, word.hasSuffix("*") {
                    return words.contains { $0.hasPrefix(word.dropLast().lowercased()) }
                }
                return word.contains(" ")
                    ? text.contains(word.lowercased()) : words.contains(Self.stem(word.lowercased()[...]))
            }
    }

    /// Enough of stemming for the contract: plurals.
    private static func stem(_ word: Substring) -> String {
        word.count > 3 && word.hasSuffix("s") ? String(word.dropLast()) : String(word)
    }
}
