public import Foundation

/// One picture somebody put in: where it lies, which bytes it is, and what became of it.
public struct Photo: Sendable, Equatable {
    /// Who it is.
    public let id: PhotoID
    /// The bucket it was put in, whose rules it follows.
    public let bucket: BucketName
    /// Its name in that bucket.
    public let key: PhotoKey
    /// The bytes of the original.
    public let content: Content
    /// When it was acknowledged, to the millisecond.
    public let createdAt: Date
    /// How far its way has come.
    public var state: State
    /// When it was settled last; `nil` while it never was.
    public var settledAt: Date?
    /// When its original was erased, with all that shows it; `nil` while it is kept.
    public var erasedAt: Date?
    /// Grows with every change of the record, so that what was made of it can be kept until then. That a lane holds the
    /// photo is no change of the record.
    public var revision: Int
    /// What taught labels have to do with it. Kept apart from what the models found, for it changes without another look.
    public var marks: [TaughtMark]

    /// Describes a photo; a new one starts `queued`.
    public init(
        id: PhotoID, bucket: BucketName, key: PhotoKey, content: Content, createdAt: Date, state: State = .queued,
        settledAt: Date? = nil, erasedAt: Date? = nil, revision: Int = 0, marks: [TaughtMark] = []
    ) {
        self.id = id
        self.bucket = bucket
        self.key = key
        self.content = content
        self.createdAt = createdAt
        self.state = state
        self.settledAt = settledAt
        self.erasedAt = erasedAt
        self.revision = revision
        self.marks = marks
    }

    /// How far its way has come, in a word.
    public var status: Status {
        switch state {
        case .queued: .queued
        case .analysing: .analysing
        case .analysed: .analysed
        case .failed: .failed
        }
    }

    /// Everything that is known to be in it, surest first: what the models found, and what people taught.
    public var labels: [Label] {
        guard case .analysed(let findings) = state else { return [Label]().taught(marks.filter { $0.verdict == true }) }
        return findings.analysis.labels.taught(marks)
    }

    /// Whether nothing more will happen to it by itself.
    public var isSettled: Bool {
        switch state {
        case .queued, .analysing: false
        case .analysed, .failed: true
        }
    }

    /// Whether it failed and cannot be tried again, because its original is gone: only sending it again helps.
    public var isLost: Bool {
        guard case .failed(let failure) = state else { return false }
        return erasedAt != nil || failure.code == .originalMissing
    }

    /// The bytes of an original, as counted and hashed while they came in.
    public struct Content: Sendable, Equatable, Codable {
        /// Their number.
        public let bytes: Int
        /// Their SHA-256, 64 lower-case hexadecimal digits.
        public let sha256: String

        /// Describes the bytes of an original.
        public init(bytes: Int, sha256: String) {
            self.bytes = bytes
            self.sha256 = sha256
        }
    }

    /// How far a photo's way has come.
    public enum State: Sendable, Equatable {
        /// Acknowledged and waiting for a lane.
        case queued
        /// A lane holds it now.
        case analysing
        /// Looked at.
        case analysed(Findings)
        /// Never to be looked at again, and why.
        case failed(Failure)
    }

    /// How far a photo's way has come, in a word.
    public enum Status: String, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
        case queued, analysing, analysed, failed
    }
}
