/// What became of the files of a watch.
public struct WatchSummary: Sendable, Equatable, Encodable {
    /// How many files came to each end. A file that failed, or changed, is counted each time that was told.
    public private(set) var counts: [String: Int]

    /// Starts at nothing.
    public init() {
        counts = Dictionary(uniqueKeysWithValues: WatchedFile.Outcome.allCases.map { ($0.rawValue, 0) })
    }

    /// Counts a file.
    public mutating func add(_ file: WatchedFile) {
        counts[file.outcome.rawValue, default: 0] += 1
    }

    /// The summary in a sentence, for a watch that lasted so many seconds.
    public func text(after seconds: Double) -> String {
        let parts = WatchedFile.Outcome.allCases.compactMap { outcome -> String? in
            let count = counts[outcome.rawValue] ?? 0
            return count > 0 || outcome == .new ? "\(Wording.number(count)) \(outcome.words)" : nil
        }
        return "Stopped after \(Wording.time(seconds)): \(parts.joined(separator: ", ")).\n"
    }
}

extension WatchedFile.Outcome {
    fileprivate var words: String {
        switch self {
        case .new: "new"
        case .replaced: "replaced"
        case .present: "there already"
        case .moved: "moved"
        case .leftOut: "left out"
        case .refused: "refused"
        case .failed: "failed"
        }
    }
}
