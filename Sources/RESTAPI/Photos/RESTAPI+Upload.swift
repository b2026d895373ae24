import Domain
import Foundation
import HTTPServer
import Pipeline

extension RESTAPI {
    /// `POST /buckets/{bucket}/photos?key=&wait=&priority=`: puts pictures in, one as the body or many as a form's files.
    func upload(_ request: Request) async throws -> Response {
        let bucket = try await bucketInPath(request)
        try checkAllowance(request, bucket)
        let deadline = try request.deadline()
        let priority = try request.priority() ?? (deadline == nil ? .ordinary : .awaited)
        let isForm = request.headers["Content-Type"]?.lowercased().hasPrefix("multipart/form-data") == true
        return isForm
            ? try await uploadForm(request, into: bucket, priority, deadline: deadline)
            : try await uploadBody(request, into: bucket, priority, deadline: deadline)
    }

    /// One picture as the body: the photo, with its place. 201, or 200 when it was there, or 202 when it was waited for
    /// in vain.
    private func uploadBody(
        _ request: Request, into bucket: Bucket, _ priority: Job.Priority, deadline: ContinuousClock.Instant?
    ) async throws -> Response {
        let key = try request.query.first("key").map { text throws(Problem) in try Self.key(text) }
        if let length = request.body.contentLength, length > intake.limits.fileBytes {
            throw Problem(IntakeError.tooLarge(limit: intake.limits.fileBytes))
        }
        let receipt = try await metered(request, bucket) {
            try await intake.receive(request.body, into: bucket.name, key: key, priority: priority)
        }
        let photo = try await settled(receipt.photo, by: deadline) ?? receipt.photo
        let status: Status = !receipt.isNew ? .ok : deadline != nil && !photo.isSettled ? .accepted : .created
        let location: Headers = ["Location": "/api/v1/photos/\(photo.id)"]
        return try await answer(photo, to: request, status: status, headers: location)
    }

    /// Many pictures as the files of a form: how each of them fared, in their order. One that is refused stops none of
    /// the others.
    private func uploadForm(
        _ request: Request, into bucket: Bucket, _ priority: Job.Priority, deadline: ContinuousClock.Instant?
    ) async throws -> Response {
        var outcomes: [Result<Receipt, RefusedFile>] = []
        for try await part in try MultipartParts(request, maximumParts: Self.maximumFiles) {
            guard let file = part.filename else { continue }
            do {
                let key = try Self.key(file)
                let receipt = try await metered(request, bucket) {
                    try await intake.receive(part.body, into: bucket.name, key: key, priority: priority)
                }
                outcomes.append(.success(receipt))
            } catch let error as IntakeError {
                outcomes.append(.failure(RefusedFile(file: file, problem: Problem(error))))
            } catch let error as StoreError where error.kind == .full {
                outcomes.append(.failure(RefusedFile(file: file, problem: Problem(error))))
            } catch let problem as Problem {
                outcomes.append(.failure(RefusedFile(file: file, problem: problem)))
            }
        }
        guard !outcomes.isEmpty else {
            throw Problem(
                .badRequest, code: "no_files", "The form holds no file. Send each picture as a part with a filename.")
        }
        let limits = try request.limits(of: bucket)
        var documents: [PhotoDocument] = []
        var isComplete = true
        for outcome in outcomes {
            switch outcome {
            case .failure(let refused): documents.append(refused.document)
            case .success(let receipt):
                let photo = try await settled(receipt.photo, by: deadline) ?? receipt.photo
                if deadline != nil, !photo.isSettled { isComplete = false }
                documents.append(PhotoDocument(photo, limits: limits))
            }
        }
        let status = Self.status(of: outcomes, isComplete: isComplete)
        let again = status == .tooManyRequests || status == .insufficientStorage ? Self.retryAfter(outcomes) : nil
        return try .json(
            PhotoListDocument(photos: documents, next: nil), status: status,
            headers: again.map { ["Retry-After": "\($0)"] } ?? [:])
    }

    private static let maximumFiles = 100_000

    /// 201 when something is new, 200 when all was there, 202 when something was waited for in vain. When nothing was
    /// taken in: 429 or 507 when there was no room for any, else 422.
    private static func status(of outcomes: [Result<Receipt, RefusedFile>], isComplete: Bool) -> Status {
        let receipts = outcomes.compactMap { try? $0.get() }
        guard !receipts.isEmpty else {
            let roomless = refusals(in: outcomes).first { [.tooManyRequests, .insufficientStorage].contains($0) }
            return roomless ?? .unprocessableContent
        }
        guard isComplete else { return .accepted }
        return receipts.contains(where: \.isNew) ? .created : .ok
    }

    private static func refusals(in outcomes: [Result<Receipt, RefusedFile>]) -> [Status] {
        outcomes.compactMap { if case .failure(let refused) = $0 { refused.problem.status } else { nil } }
    }

    /// When all that was refused for want of room may be sent again, in seconds.
    private static func retryAfter(_ outcomes: [Result<Receipt, RefusedFile>]) -> Int? {
        outcomes.compactMap { outcome in
            guard case .failure(let refused) = outcome else { return nil }
            return refused.problem.headers["Retry-After"].flatMap { Int($0) }
        }.max()
    }

    private static func key(_ text: String) throws(Problem) -> PhotoKey {
        guard let key = PhotoKey(text) else {
            throw .badParameter("key", text, expected: "1 to \(PhotoKey.maximumBytes) bytes without control characters")
        }
        return key
    }
}

/// A file of a form that was not taken in.
private struct RefusedFile: Error {
    let file: String
    let problem: Problem

    var document: PhotoDocument {
        let failure = Failure(Failure.Code(rawValue: problem.code), problem.detail)
        return PhotoDocument(file: file, content: nil, outcome: .failed(failure), limits: .standard)
    }
}
