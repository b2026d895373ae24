import Synchronization

/// The figures of a running service, in the text format of Prometheus (exposition format 0.0.4).
public final class Metrics: Sendable {
    /// Upper bounds of a histogram's buckets, in seconds: a millisecond to a minute.
    static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

    private struct Series: Hashable {
        let metric: Metric
        let labels: [String: String]
    }

    private struct Value {
        var sum = 0.0
        var count = 0
        var buckets = [Int](repeating: 0, count: bounds.count)
    }

    private let values = Mutex<[Series: Value]>([:])

    /// Starts with nothing counted.
    public init() {}

    /// Adds to a counter.
    public func add(_ amount: Double = 1, to metric: Metric, _ labels: [String: String] = [:]) {
        values.withLock { $0[Series(metric: metric, labels: labels), default: Value()].sum += amount }
    }

    /// Sets a gauge.
    public func set(_ metric: Metric, _ labels: [String: String] = [:], to value: Double) {
        values.withLock { $0[Series(metric: metric, labels: labels), default: Value()].sum = value }
    }

    /// Puts a duration into a histogram.
    public func record(_ duration: Duration, in metric: Metric, _ labels: [String: String] = [:]) {
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
        values.withLock { values in
            let series = Series(metric: metric, labels: labels)
            var value = values[series, default: Value()]
            value.sum += seconds
            value.count += 1
            for (index, bound) in Self.bounds.enumerated() where seconds <= bound {
                value.buckets[index] += 1
            }
            values[series] = value
        }
    }

    /// Runs `body` and puts the time it took into a histogram, also when it throws.
    public func measure<Result, Failure: Error>(
        _ metric: Metric, _ labels: [String: String] = [:], isolation: isolated (any Actor)? = #isolation,
        _ body: () async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        let start = ContinuousClock.now
        defer { record(ContinuousClock.now - start, in: metric, labels) }
        return try await body()
    }

    /// Everything, as Prometheus reads it.
    public func exposition() -> String {
        let groups = Dictionary(grouping: values.withLock { $0 }, by: \.key.metric)
        return groups.sorted { $0.key.name < $1.key.name }.map { metric, series in
            let lines = series.sorted { Self.text($0.key.labels) < Self.text($1.key.labels) }
                .flatMap { Self.lines(metric, $0.key.labels, $0.value) }
            return (["# HELP \(metric.name) \(metric.help)", "# TYPE \(metric.name) \(metric.kind.rawValue)"] + lines)
                .map { $0 + "\n" }.joined()
        }.joined()
    }

    private static func lines(_ metric: Metric, _ labels: [String: String], _ value: Value) -> [String] {
        guard metric.kind == .histogram else { return ["\(metric.name)\(text(labels)) \(value.sum)"] }
        let buckets = zip(bounds, value.buckets).map { bound, count in
            "\(metric.name)_bucket\(text(labels, le: "\(bound)")) \(count)"
        }
        return buckets + [
            "\(metric.name)_bucket\(text(labels, le: "+Inf")) \(value.count)",
            "\(metric.name)_sum\(text(labels)) \(value.sum)",
            "\(metric.name)_count\(text(labels)) \(value.count)",
        ]
    }

    /// `{a="b"}`, with the bound of a bucket last; nothing when there are no labels.
    private static func text(_ labels: [String: String], le bound: String? = nil) -> String {
        var pairs = labels.sorted { $0.key < $1.key }.map { "\($0)=\"\(escaped($1))\"" }
        if let bound { pairs.append("le=\"\(bound)\"") }
        return pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
