import Domain
import HTTPServer

/// Which pages of other origins may put pictures in and hear what is in them: those that the bucket lists.
extension RESTAPI {
    /// For a route that names a bucket.
    var bucketOrigins: CrossOriginPolicy {
        policy { request in request.parameters["bucket"].flatMap { BucketName($0) } }
    }

    /// For a route that names a photo: as its bucket says. One that is not there is refused like one of another bucket.
    var photoOrigins: CrossOriginPolicy {
        policy { request in
            guard let id = request.parameters["id"].flatMap({ PhotoID($0) }) else { return nil }
            return try await catalog.photo(id)?.bucket
        }
    }

    private func policy(
        _ bucket: @escaping @Sendable (Request) async throws -> BucketName?
    ) -> CrossOriginPolicy {
        CrossOriginPolicy { origin, request in
            do {
                guard let name = try await bucket(request), let rules = try await catalog.bucket(name) else {
                    return false
                }
                return rules.isOpen(toPagesFrom: origin)
            } catch {
                throw Problem(about: error) ?? error
            }
        }
    }
}

extension Bucket {
    /// Pages without an origin (`null`: files, sandboxed frames) are meant by “every page” alone.
    fileprivate func isOpen(toPagesFrom origin: String) -> Bool {
        let page = WebOrigin(origin)
        return origins.contains { listed in listed == .any || page.map { listed.allows($0) } == true }
    }
}
