import Domain
import HTTPServer
import Pipeline

/// Photos that are looked at again, under `/api/v1/reanalyses`.
extension RESTAPI {
    /// An order is a few words long.
    static let maximumOrder = 10_000
    private static let maximumFailures = 1000

    /// `POST /reanalyses` with `{bucket?, only?}`: 202 with the one that was started, or 200 with the same one that is not
    /// over.
    func startReanalysis(_ request: Request) async throws -> Response {
        let form = JSONForm.reanalysis
        let order =
            request.body.contentLength == 0
            ? ReanalysisOrder()
            : try form.value(ReanalysisOrder.self, of: try await form.object(request, upTo: Self.maximumOrder))
        let word = order.only ?? ReanalysisDocument.Only.stale.rawValue
        guard let only = ReanalysisDocument.Only(rawValue: word) else {
            throw Problem.badParameter("only", word, expected: "stale or all")
        }
        var bucket: BucketName?
        if let name = order.bucket { bucket = try await self.bucket(named: name).name }
        try await checkModels(of: bucket)
        let start = try await reanalyser.begin(bucket, onlyStale: only == .stale)
        let number = start.reanalysis.number
        return try .json(
            try await document(of: start.reanalysis), status: start.isNew ? .accepted : .ok,
            headers: ["Location": "/api/v1/reanalyses/\(number)"])
    }

    /// Without any model, looking again is work for nothing.
    private func checkModels(of bucket: BucketName?) async throws {
        let models = try await reanalyser.models()
        let isAble = models.contains { name, models in (bucket ?? name) == name && !models.isEmpty }
        guard isAble else {
            throw Problem(
                .conflict, code: "models_missing",
                "No model is installed here, so nothing can be looked for. `fovea doctor` tells what to do.")
        }
    }

    /// `GET /reanalyses`: the last ones, newest first, and how many photos are stale.
    func reanalyses(_ request: Request) async throws -> Response {
        var documents: [ReanalysisDocument] = []
        for reanalysis in try await reanalyser.store.reanalyses() {
            documents.append(try await document(of: reanalysis))
        }
        return try .json(
            ReanalysisListDocument(stale: try await reanalyser.stalePhotos(), reanalyses: documents))
    }

    /// `GET /reanalyses/{number}`: one, with the photos that could not be looked at.
    func reanalysis(_ request: Request) async throws -> Response {
        let found = try await reanalysis(of: request)
        let failures = try await reanalyser.store.reanalysisFailures(found.number, limit: Self.maximumFailures)
        return try .json(try await document(of: found, failures: failures))
    }

    /// `DELETE /reanalyses/{number}`: stops it, if it is not over; what it did stays.
    func stopReanalysis(_ request: Request) async throws -> Response {
        let found = try await reanalysis(of: request)
        _ = try await reanalyser.end(found.number)
        return try .json(try await document(of: try await reanalysis(of: request)))
    }

    private func reanalysis(of request: Request) async throws -> Reanalysis {
        let number = request.parameters["number"].flatMap { Int($0) }
        guard let number, let found = try await reanalyser.store.reanalysis(number) else {
            throw Problem(
                .notFound, code: "unknown_reanalysis",
                "There is no re-analysis of this number; only the last fifty are remembered.")
        }
        return found
    }

    private func document(
        of reanalysis: Reanalysis, failures: [ReanalysisFailure]? = nil
    ) async throws -> ReanalysisDocument {
        let first = try await reanalyser.store.reanalyses().last { $0.endedAt == nil }
        return ReanalysisDocument(
            reanalysis, waits: reanalysis.number > first?.number ?? .max,
            rate: await reanalyser.rate(of: reanalysis), failures: failures)
    }
}

/// Which photos are to be looked at again, as it is sent.
private struct ReanalysisOrder: Decodable {
    var bucket: String?
    var only: String?
}

extension JSONForm {
    /// What can be said of a re-analysis: a misspelt `bucket` would be all buckets.
    fileprivate static let reanalysis = JSONForm(
        name: "a re-analysis", rules: ["bucket": "the name of a bucket", "only": "stale or all"])
}
