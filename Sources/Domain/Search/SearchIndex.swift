/// Finds photos by what is in them. Derived from the catalogue, and kept in step with it by whoever implements both.
public protocol SearchIndex: Sendable {
    /// One page of the photos that match, newest first.
    func photos(
        matching query: PhotoQuery, after cursor: Cursor?, limit: Int
    ) async throws(SearchError) -> PhotoPage

    /// Every label with the number of photos that have it with at least `PhotoQuery.standardConfidence`, most first.
    func labelCounts() async throws(SearchError) -> [LabelCount]
}

/// How many photos have a label.
public struct LabelCount: Sendable, Equatable, Codable {
    /// The label.
    public var name: String
    /// The number of photos.
    public var photos: Int

    /// Describes a count.
    public init(name: String, photos: Int) {
        self.name = name
        self.photos = photos
    }
}

/// What goes wrong with a search.
public enum SearchError: Error, Sendable, Equatable {
    /// The cursor was not made by this list.
    case badCursor
    /// The store failed.
    case store(StoreError)
}
