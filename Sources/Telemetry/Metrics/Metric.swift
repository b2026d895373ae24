/// One thing that is counted or measured, as Prometheus knows it.
public struct Metric: Sendable, Hashable {
    /// Its name, with unit and, for counters, `_total`: `fovea_photos_total`.
    public let name: String
    /// What it says, in a sentence.
    public let help: String
    /// How its values behave.
    public let kind: Kind

    /// Describes a metric.
    public init(_ name: String, _ kind: Kind, help: String) {
        self.name = name
        self.kind = kind
        self.help = help
    }

    /// How a metric's values behave.
    public enum Kind: String, Sendable {
        /// Only ever grows.
        case counter
        /// Goes up and down.
        case gauge
        /// Durations in seconds, by how many were at most so long.
        case histogram
    }
}
