import Domain
import Foundation
import HTTPServer
import Pipeline

extension Problem {
    static let unknownLabel = Problem(
        .notFound, code: "unknown_label", "There is no taught label of this name. GET /api/v1/labels/taught lists them."
    )

    static func badLabelName(_ name: String) -> Problem {
        let shown = name.count > 30 ? "\(name.prefix(30))…" : name
        return Problem(.badRequest, code: "bad_label_name", "The name of a label is \(LabelName.rule), not “\(shown)”.")
    }

    static func unknownPhotos(_ ids: [String]) -> Problem {
        let shown = ids.prefix(3).map { "\($0.prefix(36))" }.joined(separator: ", ")
        return Problem(
            .notFound, code: "unknown_photo",
            "Nothing was remembered: there is no photo with the id \(shown)\(ids.count > 3 ? ", …" : "").")
    }

    init(_ error: TeachingError) {
        switch error {
        case .unknownPhotos(let ids): self = .unknownPhotos(ids.map(\.description))
        case .store(let error): self.init(error)
        }
    }

    init(_ error: LabelFileError) {
        switch error {
        case .damaged(let fault):
            self.init(
                .unprocessableContent, code: "damaged_label", "This file is no taught label: \(fault). Export it again."
            )
        case .otherModel(let model, let here):
            self.init(
                .conflict, code: "other_model",
                "The label was taught on what \(model) makes of pictures; here they were looked at by"
                    + " \(here.joined(separator: ", ")). Teach it anew with photos from here.")
        }
    }
}

extension Request {
    /// The taught label that the path names. What cannot be a name is no label.
    func labelName() throws(Problem) -> LabelName {
        guard let name = parameters["name"].flatMap({ LabelName($0) }) else { throw .unknownLabel }
        return name
    }

    /// The body as JSON of this kind.
    func json<Value: Decodable>(upTo limit: Int) async throws -> Value {
        let bytes = try await body.collect(upTo: limit)
        do {
            return try JSONDecoder().decode(Value.self, from: Data(bytes))
        } catch {
            throw Problem(.badRequest, code: "bad_json", "The body is not the JSON that is taken here.")
        }
    }
}

extension LabelName {
    /// As one segment of a path.
    var pathEncoded: String {
        description.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
