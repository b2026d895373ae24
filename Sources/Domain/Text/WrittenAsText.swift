/// A value whose JSON is its text.
public protocol WrittenAsText: LosslessStringConvertible, Codable {
    /// What can be written, for whoever wrote something else.
    static var rule: String { get }
}

extension WrittenAsText {
    /// Reads the value from its text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Self(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "takes \(Self.rule), not “\(text.prefix(60))”")
        }
        self = value
    }

    /// Writes the value as its text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
