import Domain
import HTTPServer
import Search

extension RESTAPI {
    /// `GET /photos?label=&q=&bucket=&status=&minConfidence=&cursor=&limit=`: photos that match, newest first.
    ///
    /// With `key`, only the photo under it is asked for.
    func list(_ request: Request) async throws -> Response {
        if let key = request.query.first("key") { return try await named(key, request) }
        var query = PhotoQuery(text: request.query.first("q") ?? "")
        query.labels += request.query.all("label").filter { !$0.isEmpty }
        if let bucket = try request.bucketName() { query.bucket = bucket }
        if let name = request.query.first("status") {
            guard let status = Photo.Status(rawValue: name) else {
                let known = Photo.Status.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem.badParameter("status", name, expected: "one of \(known)")
            }
            query.status = status
        }
        if let confidence = try request.number("minConfidence", in: 0...100) { query.minConfidence = confidence }

        let page = try await index.photos(
            matching: query, after: request.query.first("cursor").map(Cursor.init(rawValue:)),
            limit: try request.integer("limit", in: 1...200) ?? 50)
        let buckets = try await catalog.buckets()
        let json = try documents.json(of: page) { photo in
            try request.limits(of: buckets.first { $0.name == photo.bucket })
        }
        return .data(json, type: "application/json")
    }
}
