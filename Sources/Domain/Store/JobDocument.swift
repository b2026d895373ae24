public import Foundation

/// The JSON of a job. What is not known is absent.
public struct JobDocument: Sendable, Equatable, Codable {
    /// The photo's id.
    public var photo: PhotoID
    /// The photo's bucket.
    public var bucket: BucketName
    /// The photo's key.
    public var key: PhotoKey
    /// What it is waiting for, in a word.
    public var state: State
    /// `awaited`, `ordinary`, `batch` or `background`.
    public var priority: String
    /// How many others go first; only while it waits.
    public var behind: Int?
    /// How often a worker has died over it; absent when never.
    public var crashes: Int?
    /// How often a lane that held it was not heard of again; absent when never.
    public var interruptions: Int?
    /// Why it is not done, in a sentence.
    public var why: String

    /// What a job is waiting for, in a word.
    public enum State: String, Sendable, Codable {
        case running, waiting, resting
    }

    /// The document of a job.
    public init(_ job: Job, isPaused: Bool, now: Date = Date()) {
        photo = job.photo
        bucket = job.bucket
        key = job.key
        priority = job.priority.name
        crashes = job.crashes > 0 ? job.crashes : nil
        interruptions = job.interruptions > 0 ? job.interruptions : nil
        why = job.explanation(isPaused: isPaused, now: now)
        switch job.standing {
        case .leased: state = .running
        case .resting: state = .resting
        case .waiting(let others):
            state = .waiting
            behind = others
        }
    }
}

extension Job.Priority {
    /// The priority as it is written in requests and JSON.
    public var name: String {
        switch self {
        case .awaited: "awaited"
        case .ordinary: "ordinary"
        case .batch: "batch"
        case .background: "background"
        }
    }
}

/// The JSON of the queue: how much work there is, and its first jobs.
public struct QueueDocument: Sendable, Equatable, Codable {
    /// Whether no photo is taken from it.
    public var paused: Bool
    /// Photos that wait for a lane, those in the background left out.
    public var waiting: Int
    /// Photos that are next to be looked at again, when nothing else waits.
    public var background: Int
    /// Photos that are being looked at.
    public var running: Int
    /// Photos that could not be looked at.
    public var failed: Int
    /// The first jobs: those that run, then the others in the order in which they will be taken.
    public var jobs: [JobDocument]

    /// The document of a queue.
    public init(_ depth: QueueDepth, jobs: [Job], now: Date = Date()) {
        paused = depth.isPaused
        waiting = depth.waiting
        background = depth.background
        running = depth.leased
        failed = depth.failed
        self.jobs = jobs.map { JobDocument($0, isPaused: depth.isPaused, now: now) }
    }
}

/// The JSON of the answer to “why is this photo not done?”.
public struct ExplanationDocument: Sendable, Equatable, Codable {
    /// The photo's id.
    public var photo: PhotoID
    /// How far its way has come.
    public var status: Photo.Status
    /// The answer, in a sentence or two.
    public var why: String
    /// Its job; absent when it is settled.
    public var job: JobDocument?

    /// The answer for a photo.
    public init(_ photo: Photo, job: Job?, lastLook: Failure? = nil, isPaused: Bool, now: Date = Date()) {
        self.photo = photo.id
        status = photo.status
        why = photo.explanation(job: job, lastLook: lastLook, isPaused: isPaused, now: now)
        self.job = job.map { JobDocument($0, isPaused: isPaused, now: now) }
    }
}
