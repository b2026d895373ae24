import Domain
import HTTPServer

extension RESTAPI {
    /// `GET /labels`: every label with the number of photos that have it, most first.
    func labels(_ request: Request) async throws -> Response {
        try .json(LabelList(labels: try await index.labelCounts()))
    }
}

private struct LabelList: Encodable {
    let labels: [LabelCount]
}
