import Domain
import Foundation
import HTTPServer
import Pipeline

/// The labels that people teach, under `/api/v1/labels/taught`.
extension RESTAPI {
    /// A lesson names at most so many photos, and a file of a label is far smaller than this.
    static let maximumLesson = 1_000_000
    static let maximumLabelFile = 8_000_000

    /// `GET /labels/taught`: all of them, by name.
    func taughtLabels(_ request: Request) async throws -> Response {
        try .json(TaughtLabelList(labels: try await teaching.taughtLabels().map { TaughtLabelDocument($0) }))
    }

    /// `GET /labels/taught/{name}`: one with its examples.
    func taughtLabel(_ request: Request) async throws -> Response {
        try await document(of: try request.labelName())
    }

    /// `POST /labels/taught` with `{name, yes: [id], no: [id], none: [id]}`: says of photos that they are one, are none, or
    /// takes back what was said. 201 for a new label; answered once the whole catalogue has been held against it.
    func teach(_ request: Request) async throws -> Response {
        let body: TeachingRequest = try await request.json(upTo: Self.maximumLesson)
        guard let name = LabelName(body.name) else { throw Problem.badLabelName(body.name) }
        let isNew = try await teaching.teach(Lesson(name, verdicts: try body.verdicts()))
        try await teacher.learn(name)
        return try await document(of: name, status: isNew ? .created : .ok)
    }

    /// `DELETE /labels/taught/{name}`: forgets it with all its examples.
    func forgetLabel(_ request: Request) async throws -> Response {
        guard try await teaching.forgetTaughtLabel(try request.labelName()) else { throw Problem.unknownLabel }
        return Response(.noContent)
    }

    /// `GET /labels/taught/{name}/export`: the label as a file.
    func exportLabel(_ request: Request) async throws -> Response {
        guard let file = try await teacher.file(of: try request.labelName()) else { throw Problem.unknownLabel }
        return try .json(file, headers: ["Content-Disposition": "attachment; filename=\"label.json\""])
    }

    /// `POST /labels/import` with such a file: 201 for a new label.
    func importLabel(_ request: Request) async throws -> Response {
        let file: TaughtLabelFile
        do {
            file = try await request.json(upTo: Self.maximumLabelFile)
        } catch let problem as Problem where problem.code == "bad_json" {
            throw Problem(LabelFileError.damaged("it cannot be read as one"))
        }
        let taken = try await teacher.take(file)
        return try await document(of: file.name, status: taken.isNew ? .created : .ok, unknown: taken.unknown)
    }

    /// `GET /labels/taught/{name}/candidates?limit=`: photos that nobody judged, those first that the classifier is least
    /// sure of.
    func candidates(_ request: Request) async throws -> Response {
        let name = try request.labelName()
        let limit = try request.integer("limit", in: 1...200) ?? 20
        guard try await teaching.taughtLabel(name) != nil else { throw Problem.unknownLabel }
        let photos = try await teaching.unsure(name, limit: limit)
        let limits = LabelLimits(maxLabels: 1000, minConfidence: LabelLimits.floor)
        let json = try documents.json(of: PhotoPage(photos: photos, next: nil)) { _ in limits }
        return .data(json, type: "application/json")
    }

    private func document(of name: LabelName, status: Status = .ok, unknown: Int = 0) async throws -> Response {
        guard let label = try await teaching.taughtLabel(name) else { throw Problem.unknownLabel }
        let document = TaughtLabelDocument(label, examples: try await teaching.examples(of: name))
        let headers: Headers = status == .created ? ["Location": "/api/v1/labels/taught/\(name.pathEncoded)"] : [:]
        guard unknown > 0 else { return try .json(document, status: status, headers: headers) }
        return try .json(ImportedLabel(document: document, unknown: unknown), status: status, headers: headers)
    }
}

/// The answer to an import: the label, and how many of its examples are no photos here.
private struct ImportedLabel: Encodable {
    let document: TaughtLabelDocument
    let unknown: Int

    private enum CodingKeys: CodingKey {
        case unknown
    }

    func encode(to encoder: any Encoder) throws {
        try document.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(unknown, forKey: .unknown)
    }
}

/// What is said of photos, as it is sent.
private struct TeachingRequest: Decodable {
    let name: String
    let yes: [String]?
    let no: [String]?
    let none: [String]?

    /// What is said of each photo. Throws where one is named twice with different words, or cannot be a photo.
    func verdicts() throws(Problem) -> [PhotoID: Bool?] {
        var verdicts: [PhotoID: Bool?] = [:]
        let said: [([String]?, Bool?)] = [(yes, true), (no, false), (none, nil)]
        for (ids, verdict) in said {
            for text in ids ?? [] {
                guard let id = PhotoID(text) else { throw .unknownPhotos([text]) }
                guard verdicts[id, default: verdict] == verdict else {
                    throw Problem(
                        .badRequest, code: "contradiction",
                        "The photo \(id) is named twice, with different verdicts. Say one thing of each.")
                }
                verdicts.updateValue(verdict, forKey: id)
            }
        }
        guard !verdicts.isEmpty else {
            throw Problem(.badRequest, code: "no_examples", "Name at least one photo in “yes”, “no” or “none”.")
        }
        return verdicts
    }
}
