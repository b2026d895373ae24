import Foundation

/// What a photo must have for an alert.
public enum AlertCondition: Sendable, Equatable {
    /// This label, by its name or an alias, at least so sure. What is a kind of it counts, for its ancestors are labels
    /// themselves.
    case label(String, minConfidence: Double)
    /// Something that not everybody wants to see, at least so sure; with a name, this or a kind of it.
    case moderation(String?, minConfidence: Double)
    /// This text in what can be read, without regard to case and line ends.
    case text(String)
    /// At least so many faces.
    case faces(Int)

    /// What of the findings it is about, in words; `nil` when they are not what it waits for. `labels` are those of the
    /// models with what people taught.
    public func match(in findings: Findings, labels: [Label]) -> String? {
        switch self {
        case .label(let name, let least):
            let named = labels.filter { label in
                label.confidence >= least && ([label.name] + label.aliases).contains { Self.same($0, name) }
            }
            return named.max { $0.confidence < $1.confidence }.map { Self.words($0.name, $0.confidence) }
        case .moderation(let name, let least):
            let found = findings.analysis.moderation.filter { label in
                guard label.confidence >= least else { return false }
                return name.map { Self.same(label.name, $0) || Self.same(label.parent, $0) } ?? true
            }
            return found.max { $0.confidence < $1.confidence }.map { Self.words($0.name, $0.confidence) }
        case .text(let wanted):
            let lines = findings.analysis.text.filter { $0.type == .line }.map(\.text)
            let all = Self.folded(lines.joined(separator: " "))
            guard all.contains(Self.folded(wanted)) else { return nil }
            return lines.first { Self.folded($0).contains(Self.folded(wanted)) } ?? wanted
        case .faces(let least):
            let count = findings.analysis.faces.count
            return count >= least && least > 0 ? (count == 1 ? "1 face" : "\(count) faces") : nil
        }
    }

    private static func words(_ name: String, _ confidence: Double) -> String {
        "\(name) \(Int(confidence.rounded(.down)))"
    }

    private static func same(_ left: String, _ right: String) -> Bool {
        left.compare(right, options: .caseInsensitive) == .orderedSame
    }

    private static func folded(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
            .split { $0.isWhitespace }.joined(separator: " ")
    }
}

extension AlertCondition: CustomStringConvertible {
    /// The condition in words: `label Car ≥ 80`.
    public var description: String {
        switch self {
        case .label(let name, let least): "label \(name) ≥ \(Self.number(least))"
        case .moderation(let name, let least): "moderation \(name.map { "\($0) " } ?? "")≥ \(Self.number(least))"
        case .text(let text): "text contains \(text)"
        case .faces(let least): "faces ≥ \(least)"
        }
    }

    /// As it can be read again, whatever language this machine speaks.
    private static func number(_ value: Double) -> String {
        value == value.rounded() ? "\(Int(value))" : "\(value)"
    }
}
