/// What the models say of one picture.
public struct Analysis: Sendable, Equatable, Codable {
    /// How each analysis went; all five are always present, so "none found" differs from "not looked for".
    public var states: [AnalysisKind: AnalysisState]
    /// What is in the picture: what it is of first, then its setting, its kind and its light; each surest first.
    public var labels: [Label]
    /// The faces, largest first.
    public var faces: [Face]
    /// What not everybody wants to see, surest first.
    public var moderation: [ModerationLabel]
    /// What can be read, in reading order: each line, then its words.
    public var text: [TextDetection]
    /// How many lines of text were found and left unread because there were too many; absent when all were read.
    public var unreadLines: Int?
    /// Its colours and how well it can be seen; absent when labels were not looked for.
    public var properties: ImageProperties?
    /// What the label network makes of the picture. No part of the JSON: a catalogue keeps vectors apart.
    public var vector: FeatureVector?
    /// Which model and version answered, by task: `labels: efficientnet-lite2-int8@1`.
    public var models: [String: String]

    /// Puts an analysis together; kinds that `states` leaves out are `off`.
    public init(
        states: [AnalysisKind: AnalysisState], labels: [Label] = [], faces: [Face] = [],
        moderation: [ModerationLabel] = [], text: [TextDetection] = [], unreadLines: Int? = nil,
        properties: ImageProperties? = nil, vector: FeatureVector? = nil, models: [String: String] = [:]
    ) {
        self.states = Dictionary(
            uniqueKeysWithValues: AnalysisKind.allCases.map { ($0, states[$0] ?? .off) }
        )
        self.labels = labels
        self.faces = faces
        self.moderation = moderation
        self.text = text
        self.unreadLines = unreadLines
        self.properties = properties
        self.vector = vector
        self.models = models
    }

    private enum CodingKeys: CodingKey {
        case states, labels, faces, moderation, text, unreadLines, properties, models
    }
}

extension Analysis {
    /// The models that looked, in one line that is the same whenever they are.
    public var madeBy: String { Self.madeBy(models) }

    /// That line for these models, by task.
    public static func madeBy(_ models: [String: String]) -> String {
        models.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";")
    }
}

/// What can be looked for in a picture.
public enum AnalysisKind: String, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    case labels, faces, people, moderation, text
}

/// How one analysis of one picture went.
public enum AnalysisState: String, Sendable, Codable {
    /// Looked for; what was found is all there is.
    case done
    /// The bucket does not ask for it.
    case off
    /// Asked for, but no model is installed for it.
    case unavailable
    /// Asked for, tried, and failed.
    case failed
}
