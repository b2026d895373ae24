import Domain
import HTTPServer
import Pipeline

extension RESTAPI {
    /// `GET /jobs?limit=`: how much work there is, and the first jobs.
    func jobs(_ request: Request) async throws -> Response {
        try await queueDocument(limit: try request.integer("limit", in: 0...1000) ?? 50)
    }

    /// `GET /photos/{id}/job`: why this photo is not done.
    func job(_ request: Request) async throws -> Response {
        let id = try request.photoID()
        // The job first: it only ever goes, so a photo without one is settled by the time it is read.
        let job = try await queue.job(of: id)
        guard let photo = try await catalog.photo(id) else { throw Problem.unknownPhoto }
        let lastLook = try await reanalyser.store.failureOfSecondLook(at: id)
        let isPaused = try await queue.depth().isPaused
        return try .json(ExplanationDocument(photo, job: job, lastLook: lastLook, isPaused: isPaused))
    }

    /// `POST /photos/{id}/retry`: looks again at a photo that failed.
    func retry(_ request: Request) async throws -> Response {
        let id = try request.photoID()
        let isRetried = try await control.retry(id)
        guard let photo = try await catalog.photo(id) else { throw Problem.unknownPhoto }
        guard isRetried else {
            if photo.status == .failed {
                throw Problem(
                    .conflict, code: "original_erased",
                    "The picture was deleted, as its bucket says, so it cannot be looked at again. Put it in again.")
            }
            throw Problem(
                .conflict, code: "not_failed",
                "The photo is \(photo.status.rawValue); only one that failed can be tried again.")
        }
        return try await answer(photo, to: request, status: .accepted)
    }

    /// `POST /jobs/retry?all=`: looks again at every photo that was given up, or at all that failed.
    func retryAll(_ request: Request) async throws -> Response {
        let all = request.query.first("all") ?? "false"
        guard ["true", "false"].contains(all) else { throw Problem.badParameter("all", all, expected: "true or false") }
        return try .json(["retried": try await control.retryAll(evenHopeless: all == "true")], status: .accepted)
    }

    /// `POST /jobs/pause`: no photo is taken from the queue.
    func pause(_ request: Request) async throws -> Response {
        try await control.pause()
        return try await queueDocument(limit: 0)
    }

    /// `POST /jobs/resume`: photos are taken from the queue again.
    func resume(_ request: Request) async throws -> Response {
        try await control.resume()
        return try await queueDocument(limit: 0)
    }

    private func queueDocument(limit: Int) async throws -> Response {
        try .json(QueueDocument(try await queue.depth(), jobs: try await queue.jobs(limit: limit)))
    }
}
