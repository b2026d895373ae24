/// The photos that wait to be looked at, each lent to one lane at a time.
///
/// A lease works as the visibility timeout of SQS does: a lane that dies lets it run out, and the photo is lent again.
public protocol JobQueue: Sendable {
    /// Lends the photo that has waited longest, for the given time; `nil` when none waits.
    func lease(for duration: Duration) async throws(StoreError) -> Lease?

    /// Gives a photo back, to be lent again after `pause`. A crash is counted. Nothing happens when the lease no longer
    /// holds.
    func release(_ lease: Lease, after pause: Duration, crashed: Bool) async throws(StoreError)

    /// How many photos wait, and how many are lent.
    func depth() async throws(StoreError) -> QueueDepth
}

/// A photo lent to a lane.
public struct Lease: Sendable, Equatable {
    /// The photo to look at.
    public let photo: Photo
    /// What tells this lease from every other of the same photo.
    public let token: String
    /// How often a worker has died over this photo.
    public let crashes: Int

    /// Describes a lease.
    public init(photo: Photo, token: String, crashes: Int) {
        self.photo = photo
        self.token = token
        self.crashes = crashes
    }
}

/// How much work there is.
public struct QueueDepth: Sendable, Equatable {
    /// Photos that wait for a lane.
    public var waiting: Int
    /// Photos that a lane holds.
    public var leased: Int

    /// Describes a depth.
    public init(waiting: Int, leased: Int) {
        self.waiting = waiting
        self.leased = leased
    }
}
