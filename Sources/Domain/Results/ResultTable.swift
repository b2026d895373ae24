public import Foundation

/// What was found out about photos, as a table with one row for each that is settled, whether its original is kept or not.
public protocol ResultTable: Sendable {
    /// One page of the rows that match, in the order in which the photos were settled.
    func results(
        matching query: ResultQuery, after cursor: Cursor?, limit: Int
    ) async throws(SearchError) -> PhotoPage
}

/// Which rows are wanted: all conditions must hold.
public struct ResultQuery: Sendable, Equatable {
    /// Of photos in this bucket.
    public var bucket: BucketName?
    /// Settled then or later.
    public var from: Date?
    /// Settled before.
    public var to: Date?

    /// Describes a query; without conditions it means every row.
    public init(bucket: BucketName? = nil, from: Date? = nil, to: Date? = nil) {
        self.bucket = bucket
        self.from = from
        self.to = to
    }
}
