import Domain
import HTTPServer
import Pipeline

extension RESTAPI {
    /// `GET /photos/{id}/thumbnail?size=256`: a WebP whose longest side is 256, once the photo was looked at, or 1,440,
    /// made when first asked for.
    func thumbnail(_ request: Request) async throws -> Response {
        let id = try request.photoID()
        let size = request.query.first("size") ?? "256"
        let kind = Self.thumbnailKinds[size]
        guard let kind else { throw Problem.badParameter("size", size, expected: "256 or 1440") }
        guard let photo = try await catalog.photo(id) else { throw Problem.unknownPhoto }
        let mayCache = try await mayCache(photo)
        let file = try await kind == .thumbnail256 ? objects.open(ObjectKey(id, kind)) : largeThumbnail(of: photo)
        guard let file else { throw Problem.noThumbnail(of: photo) }
        return .immutable(
            file, type: "image/webp", tag: "\(photo.content.sha256)-\(size)", mayCache: mayCache, for: request)
    }

    private static let thumbnailKinds: [String: ObjectKey.Kind] = ["256": .thumbnail256, "1440": .thumbnail1440]

    private func largeThumbnail(of photo: Photo) async throws -> OpenFile? {
        // What the lanes could not decode is not tried again for everybody who asks.
        if case .failed = photo.state { return nil }
        guard let file = try await thumbnails.file(of: photo.id) else { throw Problem.unknownPhoto }
        return file
    }
}

extension Problem {
    fileprivate static func noThumbnail(of photo: Photo) -> Problem {
        switch photo.state {
        case .queued, .analysing:
            Problem(
                .notFound, code: "thumbnail_not_ready",
                "The photo waits to be looked at; its thumbnail comes with that.",
                headers: ["Retry-After": "1"])
        case .analysed, .failed:
            Problem(.notFound, code: "no_thumbnail", "The photo could not be decoded, so it has no thumbnail.")
        }
    }
}
