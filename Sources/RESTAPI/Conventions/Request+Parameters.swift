import Domain
import HTTPServer

extension Request {
    /// A query parameter as a number within `range`; `nil` when it is not given.
    func number(_ name: String, in range: ClosedRange<Double>) throws(Problem) -> Double? {
        guard let text = query.first(name) else { return nil }
        guard let number = Double(text), range.contains(number) else {
            throw .badParameter(name, text, expected: "a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A query parameter as a whole number within `range`; `nil` when it is not given.
    func integer(_ name: String, in range: ClosedRange<Int>) throws(Problem) -> Int? {
        guard let text = query.first(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw .badParameter(name, text, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// The photo that the path names. What is no id is no photo.
    func photoID() throws(Problem) -> PhotoID {
        guard let id = parameters["id"].flatMap({ PhotoID($0) }) else { throw .unknownPhoto }
        return id
    }

    /// Until when the answer may wait for a photo to be settled: `?wait=SECONDS`; `nil` when that is not given.
    func deadline() throws(Problem) -> ContinuousClock.Instant? {
        try integer("wait", in: 0...60).map { .now + .seconds($0) }
    }

    /// How soon an upload is wanted: `?priority=ordinary` or `batch`; `nil` when that is not given.
    func priority() throws(Problem) -> Job.Priority? {
        guard let name = query.first("priority") else { return nil }
        guard let priority = [Job.Priority.ordinary, .batch].first(where: { $0.name == name }) else {
            throw .badParameter("priority", name, expected: "ordinary or batch")
        }
        return priority
    }

    /// Which labels are shown: `?maxLabels=` and `?minConfidence=`, else what the bucket says.
    func limits(of bucket: Bucket?) throws(Problem) -> LabelLimits {
        var limits = bucket?.limits ?? .standard
        if let most = try integer("maxLabels", in: 0...1000) { limits.maxLabels = most }
        if let least = try number("minConfidence", in: 0...100) { limits.minConfidence = least }
        return limits
    }
}
