import Foundation

/// The JSON of a re-analysis. What is not known is absent.
public struct ReanalysisDocument: Sendable, Equatable, Codable {
    /// Which it is.
    public var number: Int
    /// The bucket; absent where all are meant.
    public var bucket: BucketName?
    /// `stale` or `all`.
    public var only: Only
    /// How it stands.
    public var state: State
    /// How many photos are meant.
    public var total: Int
    /// How many were looked at again.
    public var done: Int
    /// How many could not be; they keep what was known of them.
    public var failed: Int
    /// When it was asked for, ISO 8601 with milliseconds.
    public var startedAt: String
    /// When it was over, ISO 8601 with milliseconds.
    public var endedAt: String?
    /// Photos a second; only while it runs.
    public var rate: Double?
    /// Seconds that it will take at that rate; only while it runs.
    public var secondsLeft: Int?
    /// Which photos could not be looked at, and why; only of one that is asked for by its number.
    public var failures: [ReanalysisFailureDocument]?

    /// Which photos are meant.
    public enum Only: String, Sendable, Codable, CaseIterable {
        case stale, all
    }

    /// How one stands, in a word.
    public enum State: String, Sendable, Codable {
        case running, waiting, done, stopped
    }

    /// The document of one. `waits` says whether another is to be over before it.
    public init(
        _ reanalysis: Reanalysis, waits: Bool = false, rate: Double? = nil, failures: [ReanalysisFailure]? = nil
    ) {
        number = reanalysis.number
        bucket = reanalysis.bucket
        only = reanalysis.onlyStale ? .stale : .all
        total = reanalysis.total
        done = reanalysis.done
        failed = reanalysis.failed
        startedAt = reanalysis.startedAt.formatted(.iso8601WithMilliseconds)
        endedAt = reanalysis.endedAt?.formatted(.iso8601WithMilliseconds)
        self.failures = failures?.map { ReanalysisFailureDocument($0) }
        guard reanalysis.endedAt == nil else {
            state = reanalysis.isStopped ? .stopped : .done
            return
        }
        state = waits ? .waiting : .running
        guard let rate, rate > 0 else { return }
        self.rate = (rate * 100).rounded() / 100
        secondsLeft = Int((Double(max(0, total - done - failed)) / rate).rounded(.up))
    }
}

/// The JSON of a photo that could not be looked at again.
public struct ReanalysisFailureDocument: Sendable, Equatable, Codable {
    /// The photo's id.
    public var photo: PhotoID
    /// Its key.
    public var key: PhotoKey
    /// Why not.
    public var error: Failure

    init(_ failure: ReanalysisFailure) {
        photo = failure.photo
        key = failure.key
        error = failure.failure
    }
}

/// The JSON of the last re-analyses.
public struct ReanalysisListDocument: Sendable, Equatable, Codable {
    /// How many photos were looked at by other models than would be now.
    public var stale: Int
    /// The last ones, newest first.
    public var reanalyses: [ReanalysisDocument]

    /// Describes a list.
    public init(stale: Int, reanalyses: [ReanalysisDocument]) {
        self.stale = stale
        self.reanalyses = reanalyses
    }
}
