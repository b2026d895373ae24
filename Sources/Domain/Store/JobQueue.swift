/// The photos that wait to be looked at, each lent to one lane at a time.
///
/// A lease works as the visibility timeout of SQS does: a lane that dies lets it run out, and the photo is lent again.
public protocol JobQueue: Sendable {
    /// Lends a photo for the given time: of those with the first priority the one that has waited longest. `nil` when
    /// none waits, or while the queue is paused. Of those in the background only so many are lent at a time: whoever
    /// brings a new photo finds a lane that is free.
    func lease(for duration: Duration, background limit: Int) async throws(StoreError) -> Lease?

    /// Gives a photo back, to be lent again after a pause that depends on what happened. Nothing happens when the lease
    /// no longer holds.
    func release(_ lease: Lease, because setback: Setback) async throws(StoreError)

    /// Puts a photo that failed back into the queue; `false` when there is none such, or its original is gone or about to
    /// go.
    func retry(_ id: PhotoID) async throws(StoreError) -> Bool

    /// Lends nothing until `isPaused` is taken back. It outlasts the process.
    func setPaused(_ isPaused: Bool) async throws(StoreError)

    /// How much work there is.
    func depth() async throws(StoreError) -> QueueDepth

    /// The job of one photo; `nil` when it has none, because it is settled or gone.
    func job(of id: PhotoID) async throws(StoreError) -> Job?

    /// The first jobs: those that a lane holds, then the others in the order in which they will be taken.
    func jobs(limit: Int) async throws(StoreError) -> [Job]
}

extension JobQueue {
    /// Lends any photo.
    public func lease(for duration: Duration) async throws(StoreError) -> Lease? {
        try await lease(for: duration, background: .max)
    }
}

/// A photo lent to a lane.
public struct Lease: Sendable, Equatable {
    /// The photo to look at.
    public let photo: Photo
    /// What tells this lease from every other of the same photo.
    public let token: String
    /// How often a worker has died over this photo.
    public let crashes: Int
    /// How often a lane that held this photo was not heard of again.
    public let interruptions: Int

    /// Describes a lease.
    public init(photo: Photo, token: String, crashes: Int, interruptions: Int = 0) {
        self.photo = photo
        self.token = token
        self.crashes = crashes
        self.interruptions = interruptions
    }
}

/// Why a lane gives a photo back.
public enum Setback: Sendable, Equatable {
    /// A worker died over it: counted against the photo, and tried again at once.
    case crash(reason: String)
    /// Something around the photo is away: tried again after a pause.
    case absence(reason: String)
}

extension Setback {
    /// How long the photo is left alone.
    public var pause: Duration {
        switch self {
        case .crash: .zero
        case .absence: .seconds(5)
        }
    }

    /// What to tell whoever asks why the photo is not done.
    public var reason: String {
        switch self {
        case .crash(let reason), .absence(let reason): reason
        }
    }

    /// What it adds to the count of crashes.
    public var crashes: Int {
        switch self {
        case .crash: 1
        case .absence: 0
        }
    }
}

/// How much work there is.
public struct QueueDepth: Sendable, Equatable {
    /// Photos that wait for a lane, those in the background left out.
    public var waiting: Int
    /// Photos that wait to be looked at again in the background.
    public var background: Int
    /// Photos that a lane holds.
    public var leased: Int
    /// Photos that could not be looked at.
    public var failed: Int
    /// Whether nothing is lent.
    public var isPaused: Bool

    /// Describes a depth.
    public init(waiting: Int, background: Int = 0, leased: Int, failed: Int = 0, isPaused: Bool = false) {
        self.waiting = waiting
        self.background = background
        self.leased = leased
        self.failed = failed
        self.isPaused = isPaused
    }
}
