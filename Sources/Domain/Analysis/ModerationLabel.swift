/// Something that not everybody wants to see.
public struct ModerationLabel: Sendable, Equatable, Codable {
    /// What.
    public var name: String
    /// What it is a kind of; empty at the top.
    public var parent: String
    /// How sure, 0…100.
    public var confidence: Double

    /// Describes a label.
    public init(name: String, parent: String, confidence: Double) {
        self.name = name
        self.parent = parent
        self.confidence = confidence
    }
}
