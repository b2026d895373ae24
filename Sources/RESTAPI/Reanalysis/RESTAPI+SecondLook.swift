import Domain
import HTTPServer
import Pipeline

extension RESTAPI {
    /// `POST /photos/{id}/reanalyse?wait=`: looks at one photo again. 202, or with `wait` 200 once that is done.
    func lookAgain(_ request: Request) async throws -> Response {
        let id = try request.photoID()
        let deadline = try request.deadline()
        guard let photo = try await catalog.photo(id) else { throw Problem.unknownPhoto }
        switch try await reanalyser.lookAgain(at: id, priority: deadline == nil ? .ordinary : .awaited) {
        case .unknown: throw Problem.unknownPhoto
        case .queued: break
        case .waitsAlready:
            throw Problem(
                .conflict, code: "waits_already",
                "The photo is to be looked at again already, or is being looked at now.")
        case .notLookedAt: throw Problem.notLookedAt(photo)
        case .erased:
            throw Problem(
                .conflict, code: "original_erased",
                "The picture was deleted, as its bucket says, so it cannot be looked at again. Put it in again.")
        }
        guard let deadline else { return try await answer(photo, to: request, status: .accepted) }
        let looked = try await settlements.photo(
            id, within: max(.zero, deadline - .now),
            until: { [queue] _ in try await queue.job(of: id) == nil },
            read: { [catalog] in try await catalog.photo(id) })
        guard let looked else { throw Problem.unknownPhoto }
        guard try await queue.job(of: id) == nil else {
            return try await answer(looked, to: request, status: .accepted)
        }
        if let failure = try await reanalyser.store.failureOfSecondLook(at: id) {
            throw Problem(
                .unprocessableContent, code: failure.code.rawValue, "What was known of it stays. \(failure.message)")
        }
        return try await answer(looked, to: request)
    }
}

extension Problem {
    fileprivate static func notLookedAt(_ photo: Photo) -> Problem {
        let remedy =
            photo.status == .failed
            ? "It failed; `POST /api/v1/photos/\(photo.id)/retry` tries again."
            : "It waits to be looked at for the first time."
        return Problem(
            .conflict, code: "not_analysed", "Only a photo that was looked at can be looked at again. \(remedy)")
    }
}
