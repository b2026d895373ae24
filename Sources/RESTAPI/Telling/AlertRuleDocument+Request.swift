import Domain
import Foundation
import HTTPServer

extension AlertRuleDocument {
    /// A rule with all its recipients is far smaller.
    static let maximumBytes = 100_000
    static let mostRecipients = 20

    private static let fields: Set = ["condition", "bucket", "notify", "quiet"]
    /// What the server answers with: it may come back, and says nothing.
    private static let answered: Set = ["name", "words", "lastSpoke", "spoken", "silent"]
    /// What a condition of each kind takes.
    private static let conditions: [String: Set<String>] = [
        "label": ["kind", "name", "minConfidence"], "moderation": ["kind", "name", "minConfidence"],
        "text": ["kind", "contains"], "faces": ["kind", "atLeast"],
    ]

    /// Reads the rule in a request's body. Throws what is wrong with it; a field that there is not is, for a rule without
    /// the word that was misspelt would speak of other photos.
    init(from request: Request) async throws {
        let body = Data(try await request.body.collect(upTo: Self.maximumBytes))
        guard let object = try? JSONSerialization.jsonObject(with: body) as? [String: Any] else {
            throw Problem(.badRequest, code: "bad_json", "The body is not the JSON that is taken here.")
        }
        if let unknown = object.keys.filter({ !Self.fields.union(Self.answered).contains($0) }).min() {
            throw Problem.badAlert("it has no “\(unknown.prefix(40))”, only condition, bucket, notify and quiet")
        }
        do {
            self = try JSONDecoder().decode(Self.self, from: body)
        } catch let error as DecodingError {
            throw Problem.badAlert(error.fault)
        }
        if let given = object["condition"] as? [String: Any], let kind = given["kind"] as? String,
            let known = Self.conditions[kind], let unknown = given.keys.filter({ !known.contains($0) }).min()
        {
            throw Problem.badAlert(
                "a condition of the kind “\(kind)” has no “\(unknown.prefix(40))”, only"
                    + " \(known.sorted().joined(separator: ", "))")
        }
    }
}

extension DecodingError {
    /// What is wrong, and where.
    fileprivate var fault: String {
        switch self {
        case .keyNotFound(let key, _): "“\(key.stringValue)” is missing"
        case .valueNotFound(_, let context), .typeMismatch(_, let context):
            "“\(Self.path(context))” is of another kind than it takes"
        case .dataCorrupted(let context):
            context.codingPath.isEmpty || context.debugDescription.hasPrefix("“")
                ? context.debugDescription : "“\(Self.path(context))”: \(context.debugDescription)"
        @unknown default: "it cannot be read"
        }
    }

    private static func path(_ context: Context) -> String {
        context.codingPath.map { $0.intValue.map { "\($0)" } ?? $0.stringValue }.joined(separator: ".")
    }
}
