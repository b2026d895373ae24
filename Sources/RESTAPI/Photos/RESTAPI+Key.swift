import Domain
import HTTPServer

extension RESTAPI {
    /// `GET /photos?bucket=&key=`: the photo under exactly this key, as a list of one or none.
    func named(_ key: String, _ request: Request) async throws -> Response {
        guard let bucket = try request.bucketName() else {
            throw Problem(.badRequest, code: "bad_parameter", "“key” needs “bucket” beside it: a key is unique in one.")
        }
        var page = PhotoPage(photos: [], next: nil)
        // What cannot be a key is no photo's key.
        if let key = PhotoKey(key), let photo = try await catalog.photo(in: bucket, key: key) { page.photos = [photo] }
        let limits = try request.limits(of: try await catalog.bucket(bucket))
        return .data(try documents.json(of: page) { _ in limits }, type: "application/json")
    }
}

extension Request {
    /// The bucket that the query names; `nil` when it names none.
    func bucketName() throws(Problem) -> BucketName? {
        guard let name = query.first("bucket") else { return nil }
        guard let bucket = BucketName(name) else {
            throw .badParameter("bucket", name, expected: "the name of a bucket")
        }
        return bucket
    }
}
