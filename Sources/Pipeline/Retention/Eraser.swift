public import Domain
public import Foundation
import Telemetry

/// Carries out what buckets say about how long originals are kept: erases what is due, and proves that nothing is left.
///
/// Files go first, then the record says so. Whatever is killed in between, the photo is due again at the next start, or
/// recorded as erased and what may be left of it is swept then.
public actor Eraser {
    private let catalog: any Catalog
    private let objects: any ObjectStore
    private let bell: Bell
    private let now: @Sendable () -> Date
    /// Recorded as erased, and not yet seen to be gone.
    private var unproven: [PhotoID: Erasure] = [:]
    private var tasks: [Task<Void, Never>] = []

    /// A photo whose original goes, and by which rule.
    struct Erasure {
        let photo: Photo
        let rule: Retention
    }

    /// How often it looks by itself for what has become due.
    private static let patience = Duration.seconds(5)
    /// How many photos are asked for at a time.
    private static let batch = 100

    /// Looks after the photos of a catalogue. `settlements` wakes it for each that is settled; `now` is the clock.
    public init(
        catalog: any Catalog, objects: any ObjectStore, settlements: Settlements,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.catalog = catalog
        self.objects = objects
        self.now = now
        bell = settlements.bell
    }

    /// Erases by itself from now on.
    public func start() {
        guard tasks.isEmpty else { return }
        tasks.append(
            Task { [weak self, bell] in
                while !Task.isCancelled {
                    let mark = bell.mark
                    await self?.catchUp()
                    await bell.wait(past: mark)
                }
            })
        tasks.append(
            Task { [bell] in
                while !Task.isCancelled {
                    try? await Task.sleep(for: Self.patience)
                    bell.ring()
                }
            })
    }

    /// Lets the photo in hand be finished, then returns.
    public func stop() async {
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
        tasks = []
    }

    /// To be called when a rule has changed: what that makes due goes now.
    public nonisolated func wake() {
        bell.ring()
    }

    /// Erases all that is due. What cannot be erased stops nothing else, and is tried again the next time.
    public func catchUp() async {
        for erasure in unproven.values { await attempt(erasure.photo.id) { try await prove(erasure) } }
        var tried: Set<PhotoID> = []
        while !Task.isCancelled {
            var found: [PhotoID] = []
            do throws(StoreError) {
                found = try await catalog.dueErasures(limit: Self.batch + tried.count)
            } catch {
                Log.error("cannot look for what is to be erased; it is tried again", ["reason": error])
            }
            let due = found.filter { !tried.contains($0) }
            guard !due.isEmpty else { return }
            // Only what is still there stands in the way: to count the others would be to ask for more each time.
            tried.formIntersection(found)
            for id in due where !Task.isCancelled {
                tried.insert(id)
                await attempt(id) { try await erase(id) }
            }
        }
    }

    private func attempt(_ id: PhotoID, _ body: () async throws -> Void) async {
        do {
            try await body()
        } catch {
            Log.error("an original cannot be erased; it is tried again", ["photo": id, "reason": "\(error)"])
        }
    }

    private func erase(_ id: PhotoID) async throws(StoreError) {
        // The rule may have changed since the photo was found to be due.
        guard let photo = try await catalog.photo(id), photo.isSettled, photo.erasedAt == nil,
            let rule = try await catalog.bucket(photo.bucket)?.retention, let date = photo.eraseDate(under: rule),
            date <= now()
        else { return }
        try await objects.erase(id)
        guard try await catalog.erased(id) else { return }
        let erasure = Erasure(photo: photo, rule: rule)
        unproven[id] = erasure
        try await prove(erasure)
    }

    /// Looks whether everything is gone. Who began to write a thumbnail before the record said that the photo is erased may
    /// have come after the removal, so that is done again; who begins later looks at the record and takes its own back.
    private func prove(_ erasure: Erasure) async throws(StoreError) {
        let id = erasure.photo.id
        if try await !objects.kinds(of: id).isEmpty { try await objects.erase(id) }
        let left = try await objects.kinds(of: id)
        guard left.isEmpty else {
            let names = left.map(\.rawValue).joined(separator: ", ")
            throw StoreError(.unavailable, "It was removed, and is still there: \(names).")
        }
        unproven[id] = nil
        Log.info(
            "original erased",
            [
                "photo": id, "bucket": erasure.photo.bucket, "sha256": erasure.photo.content.sha256,
                "bytes": erasure.photo.content.bytes, "rule": erasure.rule,
            ])
    }
}

extension Photo {
    /// When its original is to go under a rule; `nil` when it stays, or the photo was never settled.
    func eraseDate(under rule: Retention) -> Date? {
        guard let settledAt else { return nil }
        var reason: Failure?
        if case .failed(let failure) = state { reason = failure }
        return rule.eraseDate(createdAt: createdAt, settledAt: settledAt, failure: reason)
    }
}
