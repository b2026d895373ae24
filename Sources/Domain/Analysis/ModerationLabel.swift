/// Something that not everybody wants to see.
public struct ModerationLabel: Sendable, Equatable, Codable {
    /// What.
    public var name: String
    /// What it is a kind of; empty at the top.
    public var parent: String
    /// How sure, 0…100.
    public var confidence: Double

    /// What is less sure than this is stored and not shown, as Amazon Rekognition has it when nobody says otherwise.
    ///
    /// Of 668 everyday pictures the two models said something of 16 from 25 on, and of 3 from 50 on: all false alarms.
    public static let leastShown = 50.0

    /// Describes a label.
    public init(name: String, parent: String, confidence: Double) {
        self.name = name
        self.parent = parent
        self.confidence = confidence
    }
}
