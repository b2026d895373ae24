/// The JSON of a condition: `{"kind": "label", "name": "Car", "minConfidence": 80}`, `{"kind": "moderation",
/// "minConfidence": 60}`, `{"kind": "text", "contains": "INVOICE"}`, `{"kind": "faces", "atLeast": 3}`.
extension AlertCondition: Codable {
    private enum Kind: String, Codable {
        case label, moderation, text, faces
    }

    private enum CodingKeys: CodingKey {
        case kind, name, minConfidence, contains, atLeast
    }

    /// Reads a condition.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        let word = try fields.decode(String.self, forKey: .kind)
        guard let kind = Kind(rawValue: word) else {
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: fields,
                debugDescription: "“kind” takes label, moderation, text or faces, not “\(word.prefix(40))”")
        }
        switch kind {
        case .label:
            self = .label(try Self.words(.name, in: fields), minConfidence: try Self.confidence(in: fields))
        case .moderation:
            let name = fields.contains(.name) ? try Self.words(.name, in: fields) : nil
            self = .moderation(name, minConfidence: try Self.confidence(in: fields))
        case .text: self = .text(try Self.words(.contains, in: fields))
        case .faces:
            let count = try fields.decode(Int.self, forKey: .atLeast)
            guard (1...1000).contains(count) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .atLeast, in: fields, debugDescription: "“atLeast” takes a number from 1 to 1000")
            }
            self = .faces(count)
        }
    }

    /// Writes a condition.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .label(let name, let least):
            try fields.encode(Kind.label, forKey: .kind)
            try fields.encode(name, forKey: .name)
            try fields.encode(least, forKey: .minConfidence)
        case .moderation(let name, let least):
            try fields.encode(Kind.moderation, forKey: .kind)
            try fields.encodeIfPresent(name, forKey: .name)
            try fields.encode(least, forKey: .minConfidence)
        case .text(let text):
            try fields.encode(Kind.text, forKey: .kind)
            try fields.encode(text, forKey: .contains)
        case .faces(let count):
            try fields.encode(Kind.faces, forKey: .kind)
            try fields.encode(count, forKey: .atLeast)
        }
    }

    /// The longest name or text, in characters.
    static let longest = 200

    private static func words(
        _ key: CodingKeys, in fields: KeyedDecodingContainer<CodingKeys>
    ) throws -> String {
        let text = try fields.decode(String.self, forKey: key)
        guard !text.allSatisfy(\.isWhitespace), text.count <= longest else {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: fields,
                debugDescription: "“\(key.stringValue)” takes 1 to \(longest) characters, not all of them spaces")
        }
        return text
    }

    private static func confidence(in fields: KeyedDecodingContainer<CodingKeys>) throws -> Double {
        let least = try fields.decode(Double.self, forKey: .minConfidence)
        guard (0...100).contains(least) else {
            throw DecodingError.dataCorruptedError(
                forKey: .minConfidence, in: fields,
                debugDescription: "“minConfidence” takes a number from 0 to 100")
        }
        return least
    }
}
