import Domain
import Foundation
import HTTPServer

/// What the fields of a JSON document take, in words; reads documents and says what is wrong with them by name.
struct JSONForm {
    /// What the document is, “a bucket”.
    let name: String
    /// What each field takes, by its name; for a field within another, `outer.inner`.
    let rules: [String: String]
    /// Fields that the server answers with: they may come back, and say nothing.
    var ignored: Set<String> = []

    /// The body of a request as a JSON object whose fields this form has. Fields that come back as they were answered are
    /// taken out.
    func object(_ request: Request, upTo limit: Int) async throws -> JSONValue {
        let bytes = try await request.body.collect(upTo: limit)
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)), case .object(var fields) = value
        else { throw Problem(.badRequest, code: "bad_json", "The body is no JSON object. It takes \(name): {…}.") }
        for name in ignored { fields[name] = nil }
        try check(.object(fields), within: "")
        return .object(fields)
    }

    /// The value that a document describes.
    func value<Value: Decodable>(_ type: Value.Type, of document: JSONValue) throws -> Value {
        // Foundation says of such a number that the whole document is no JSON.
        for (field, rule) in rules.sorted(by: { $0.key < $1.key }) where rule.hasPrefix("a whole number") {
            if case .number = document[field] { throw problem(at: field, document[field]) }
        }
        do {
            return try JSONDecoder().decode(type, from: try JSONEncoder().encode(document))
        } catch let error as DecodingError {
            throw problem(error, in: document)
        }
    }

    /// A field that does not hold what it takes.
    func problem(at field: String, _ value: JSONValue?) -> Problem {
        let shown = value.map { ", not “\($0.shown)”" } ?? ", and is missing"
        return Problem(
            .badRequest, code: "bad_parameter", "“\(field)” takes \(rules[field] ?? "something else")\(shown).")
    }

    /// A misspelt field would be lost without a word, and with it what somebody relies on.
    private func check(_ document: JSONValue, within path: String) throws(Problem) {
        guard case .object(let fields) = document else { return }
        let known = rules.keys.filter { $0.hasPrefix(path) && !$0.dropFirst(path.count).contains(".") }
            .map { String($0.dropFirst(path.count)) }
        for (field, value) in fields.sorted(by: { $0.key < $1.key }) {
            guard known.contains(field) else {
                let names = known.sorted().joined(separator: ", ")
                throw Problem(
                    .badRequest, code: "bad_parameter",
                    "There is no field “\(path)\(field.prefix(60))” in \(name). There are: \(names).")
            }
            if rules.keys.contains(where: { $0.hasPrefix("\(path)\(field).") }) {
                try check(value, within: "\(path)\(field).")
            }
        }
    }

    private func problem(_ error: DecodingError, in document: JSONValue) -> Problem {
        var path: [any CodingKey]
        switch error {
        case .keyNotFound(let key, let context): path = context.codingPath + [key]
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            path = context.codingPath
        @unknown default: path = []
        }
        let value = document[path[...]]
        // An entry of a list is named by its list.
        while let last = path.last, rules[path.map(\.stringValue).joined(separator: ".")] == nil,
            !last.stringValue.isEmpty
        {
            path.removeLast()
        }
        let field = path.map(\.stringValue).joined(separator: ".")
        guard !field.isEmpty else {
            return Problem(.badRequest, code: "bad_json", "The body is not \(name) as it is taken here.")
        }
        return problem(at: field, value)
    }
}
