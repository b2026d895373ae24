public import Domain
import Synchronization

/// Counts what each client puts into buckets where anybody may, and refuses what is over the bucket's allowance.
///
/// It forgets when the process ends, and, when there are too many clients, those whom it has not heard of for longest.
public final class UploadMeter<Client: Hashable & Sendable>: Sendable {
    private struct Account: Hashable {
        let client: Client
        let bucket: BucketName
    }

    /// Two generations; what is used moves to the young one, and the old one is forgotten whole.
    private struct Accounts {
        var young: [Account: UploadBalance] = [:]
        var old: [Account: UploadBalance] = [:]
    }

    private let accounts = Mutex(Accounts())
    private let capacity: Int
    private let now: @Sendable () -> ContinuousClock.Instant

    /// Starts with nothing counted. Remembers at least the `capacity` clients that came last; `now` is its clock.
    public init(
        capacity: Int = 20_000, now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.capacity = capacity
        self.now = now
    }

    /// Counts one picture. Throws `rateLimited` or `quotaExceeded`, and then counts nothing.
    public func take(_ client: Client, _ bucket: Bucket) throws(IntakeError) {
        try change(client, bucket) { balance throws(IntakeError) in
            try balance.check(bucket.allowance)
            balance.spend()
        }
    }

    /// Throws what `take` would, and counts nothing.
    public func check(_ client: Client, _ bucket: Bucket) throws(IntakeError) {
        try change(client, bucket) { balance throws(IntakeError) in try balance.check(bucket.allowance) }
    }

    /// Takes back the counting of a picture, because it was not the client's fault that nothing came of it.
    public func giveBack(_ client: Client, _ bucket: Bucket) {
        change(client, bucket) { balance in balance.giveBack() }
    }

    private func change<Failure: Error>(
        _ client: Client, _ bucket: Bucket, _ body: (inout UploadBalance) throws(Failure) -> Void
    ) throws(Failure) {
        let account = Account(client: client, bucket: bucket.name)
        let time = now()
        try accounts.withLock { accounts throws(Failure) in
            if accounts.young.count >= capacity, accounts.young[account] == nil {
                accounts.old = accounts.young
                accounts.young = [:]
            }
            var balance = accounts.young[account] ?? accounts.old[account] ?? UploadBalance(at: time)
            balance.advance(to: time, bucket.allowance)
            defer { accounts.young[account] = balance }
            try body(&balance)
        }
    }
}
