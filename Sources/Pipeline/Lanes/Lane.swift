import Domain
import Foundation
import Telemetry

/// Takes one photo after the other and sees it through. While the models look at one photo, the next is being decoded.
struct Lane: Sendable {
    let catalog: any Catalog
    let queue: any JobQueue
    let objects: any ObjectStore
    let examiner: PictureExaminer
    let settlements: Settlements
    let bell: Bell
    let metrics: Metrics
    let leftovers: Leftovers
    /// How many photos all lanes together look at again at a time.
    let background: Int

    /// A worker may die this often over a photo before it is given up.
    static let maximumCrashes = 3
    /// A lane may be lost this often over a photo before it is given up. More than for crashes: a service that is
    /// stopped the hard way takes photos with it that are not at fault.
    static let maximumInterruptions = 8
    /// A photo is lent for this long: well over the longest decode and the slowest models together, twice.
    static let leaseDuration = Duration.seconds(240)

    /// A photo in the hands of a lane, decoded.
    private struct Prepared {
        let lease: Lease
        let kinds: Set<AnalysisKind>
        let picture: DecodedPicture
        /// How long it was decoded.
        let effort: Duration
        /// The storing of the thumbnail, which waits for the disk while the models look.
        let thumbnail: Task<Void, any Error>
    }

    /// Works until the task is cancelled; what is in hand is finished first.
    func run() async {
        var ahead: Task<Prepared?, Never>? = Task { await prepare() }
        while let task = ahead, let prepared = await value(of: task) {
            // A new photo must not be caught behind one that is only looked at again, while another lane is free.
            let isSecondLook = prepared.lease.photo.status == .analysed
            // Not in this task, which keeps the lane's own thread busy while the models look.
            ahead = Task.isCancelled || isSecondLook ? nil : Task { await prepare() }
            await about(prepared.lease) { () async throws(ProcessingError) in try await finish(prepared) }
            if isSecondLook, !Task.isCancelled { ahead = Task { await prepare() } }
        }
    }

    /// What the task gives; it is cancelled with this one.
    private func value(of task: Task<Prepared?, Never>) async -> Prepared? {
        await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }

    /// The next photo that can be decoded; `nil` when the lane is to stop.
    private func prepare() async -> Prepared? {
        while !Task.isCancelled {
            let mark = bell.mark
            do throws(StoreError) {
                guard let lease = try await queue.lease(for: Self.leaseDuration, background: background) else {
                    await bell.wait(past: mark)
                    continue
                }
                var prepared: Prepared?
                await about(lease) { () async throws(ProcessingError) in prepared = try await decode(lease) }
                if let prepared { return prepared }
            } catch {
                Log.error("cannot take a photo from the queue", ["reason": error])
                await bell.wait(past: bell.mark)
            }
        }
        return nil
    }

    private func decode(_ lease: Lease) async throws(ProcessingError) -> Prepared {
        guard lease.interruptions < Self.maximumInterruptions else { throw .permanent(.interrupted) }
        let (file, kinds) = try await transient { () throws(StoreError) in
            let bucket = try await catalog.bucket(lease.photo.bucket)
            return (try await objects.open(ObjectKey(lease.photo.id, .original)), bucket?.analyses ?? [])
        }
        guard let file else { throw .permanent(.originalMissing) }
        let start = ContinuousClock.now
        let picture = try await examiner.decode(file, for: kinds, thumbnailSide: 256)
        let effort = ContinuousClock.now - start
        let thumbnail = Task { [objects] in
            guard let bytes = picture.thumbnail else { return }
            try await objects.put(bytes, as: ObjectKey(lease.photo.id, .thumbnail256))
        }
        return Prepared(lease: lease, kinds: kinds, picture: picture, effort: effort, thumbnail: thumbnail)
    }

    private func finish(_ prepared: Prepared) async throws(ProcessingError) {
        defer { leftovers.add() }
        let start = ContinuousClock.now
        let findings: Findings
        do throws(ProcessingError) {
            findings = try await examiner.see(prepared.picture, for: prepared.kinds)
        } catch {
            // Else it might come when the photo has been settled and erased.
            _ = await prepared.thumbnail.result
            throw error
        }
        let effort = prepared.effort + (ContinuousClock.now - start)
        do {
            try await prepared.thumbnail.value
        } catch {
            throw .transient(reason: "\(error)")
        }
        try await settle(prepared.lease, as: prepared.lease.photo.outcome(of: findings), effort: effort)
    }
}

extension Failure {
    fileprivate static let originalMissing = Failure(
        .originalMissing, "The original is gone from the store; put the photo in again.")

    fileprivate static let interrupted = Failure(
        .interrupted,
        "Fovea was stopped \(Lane.maximumInterruptions) times while looking at this photo, so the photo may be the cause."
            + " The log of those times tells more.")
}
