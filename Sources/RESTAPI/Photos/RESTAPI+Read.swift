import Domain
import Foundation
import HTTPServer
import Pipeline

extension RESTAPI {
    /// `GET /photos/{id}?wait=`: the photo as it stands, or once it is settled.
    func photo(_ request: Request) async throws -> Response {
        let deadline = try request.deadline()
        guard let photo = try await catalog.photo(request.photoID()),
            let settled = try await settled(photo, by: deadline)
        else { throw Problem.unknownPhoto }
        return try await answer(settled, to: request)
    }

    /// The photo once it is settled, or as it stands at the deadline; as it stands now without one. `nil` when it goes
    /// meanwhile.
    func settled(_ photo: Photo, by deadline: ContinuousClock.Instant?) async throws -> Photo? {
        guard let deadline, !photo.isSettled else { return photo }
        let left = max(.zero, deadline - .now)
        return try await settlements.photo(photo.id, within: left) { try await catalog.photo(photo.id) }
    }

    /// `GET /photos/{id}/original`: the bytes as they came.
    func original(_ request: Request) async throws -> Response {
        let id = try request.photoID()
        guard let photo = try await catalog.photo(id) else { throw Problem.unknownPhoto }
        let mayCache = try await mayCache(photo)
        guard let file = try await objects.open(ObjectKey(id, .original)) else { throw Problem.unknownPhoto }
        let head = file.head(ImageFormat.signatureLength)
        let type = ImageFormat(signature: head)?.mediaType ?? "application/octet-stream"
        return .immutable(file, type: type, tag: photo.content.sha256, mayCache: mayCache, for: request)
    }

    /// Whether browsers may keep what shows a photo: not where it is to go. Throws where it is gone already.
    func mayCache(_ photo: Photo) async throws -> Bool {
        let rule = try await catalog.bucket(photo.bucket)?.retention
        if let time = photo.erasedAt {
            throw Problem.erased(photo, at: time.formatted(.iso8601WithMilliseconds), rule: rule)
        }
        return rule == .keep
    }

    /// `DELETE /photos/{id}`: removed at once, with all that was made of it.
    func delete(_ request: Request) async throws -> Response {
        guard try await removal.remove(request.photoID()) else { throw Problem.unknownPhoto }
        return Response(.noContent)
    }

    /// A photo as the answer to a request, within the limits that hold for it.
    func answer(
        _ photo: Photo, to request: Request, status: Status = .ok, headers: Headers = [:]
    ) async throws -> Response {
        let limits = try request.limits(of: try await catalog.bucket(photo.bucket))
        let json = try documents.json(of: photo, limits: limits)
        return .data(json, type: "application/json", status: status, headers: headers)
    }
}

extension Response {
    /// A file that never changes under its address, so that browsers may keep it, where that is allowed.
    static func immutable(
        _ file: OpenFile, type: String, tag: String, mayCache: Bool, for request: Request
    ) -> Response {
        let body = FileBody(descriptor: file.descriptor, size: file.size, owner: file)
        let caching = mayCache ? "private, max-age=31536000, immutable" : "no-store"
        return Response.file(body, type: type, headers: ["Cache-Control": caching])
            .conditional(on: request, etag: tag).range(for: request)
    }
}
