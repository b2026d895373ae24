import Foundation

/// Any JSON, for where a part of a document is changed, or what is wrong with it is to be said by name.
enum JSONValue: Equatable, Codable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let values): try container.encode(values)
        case .object(let fields): try container.encode(fields)
        }
    }

    /// A value as its JSON.
    init(_ value: some Encodable) throws {
        self = try JSONDecoder().decode(JSONValue.self, from: try JSONEncoder().encode(value))
    }

    /// The value with a patch applied as RFC 7396 says: fields that are named change, `null` takes one out.
    func merging(_ patch: JSONValue) -> JSONValue {
        guard case .object(let changes) = patch else { return patch }
        var fields: [String: JSONValue] = [:]
        if case .object(let own) = self { fields = own }
        for (name, change) in changes {
            fields[name] = change == .null ? nil : (fields[name] ?? .null).merging(change)
        }
        return .object(fields)
    }

    /// What lies at the end of a path; `nil` where it leads nowhere.
    subscript(path: some Collection<any CodingKey>) -> JSONValue? {
        guard let first = path.first else { return self }
        let rest = path.dropFirst()
        switch self {
        case .object(let fields): return fields[first.stringValue]?[rest]
        case .list(let values):
            guard let index = first.intValue, values.indices.contains(index) else { return nil }
            return values[index][rest]
        default: return nil
        }
    }

    /// The value under `outer.inner`; `nil` where there is none.
    subscript(path: String) -> JSONValue? {
        var value: JSONValue? = self
        for name in path.split(separator: ".") {
            guard case .object(let fields) = value else { return nil }
            value = fields[String(name)]
        }
        return value
    }

    /// As it would be written in JSON, cut where it is long.
    var shown: String {
        if case .text(let text) = self { return String(text.prefix(60)) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json = (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return json.count > 60 ? "\(json.prefix(60))…" : json
    }
}
