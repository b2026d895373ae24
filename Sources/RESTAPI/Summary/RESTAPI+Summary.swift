import Domain
import HTTPServer
import Search

extension RESTAPI {
    /// `GET /summary?bucket=`: what there is in a bucket, or in all, with searches that find something.
    func summary(_ request: Request) async throws -> Response {
        let bucket = try await bucketInQuery(request)
        let summary = try await catalog.summary(of: bucket)
        let suggestions = SearchSuggestions(for: summary, in: bucket)
        return try .json(SummaryDocument(summary, searches: try await suggestions.thatFind(in: index)))
    }
}
