import Domain
import Foundation
import Telemetry

/// Takes one photo after the other and sees it through: decode, see, settle.
struct Lane: Sendable {
    let catalog: any Catalog
    let queue: any JobQueue
    let objects: any ObjectStore
    let examiner: PictureExaminer
    let settlements: Settlements
    let bell: Bell
    let metrics: Metrics

    /// A worker may die this often over a photo before it is given up.
    static let maximumCrashes = 3
    /// A photo is lent for this long: well over the longest decode and the slowest models together.
    static let leaseDuration = Duration.seconds(120)
    /// How long something around the photo that was away is left alone.
    static let transientPause = Duration.seconds(5)

    /// Works until the task is cancelled; the photo in hand is finished first.
    func run() async {
        while !Task.isCancelled {
            let mark = bell.mark
            do throws(StoreError) {
                if let lease = try await queue.lease(for: Self.leaseDuration) {
                    await Log.with(["job": lease.photo.id]) { await process(lease) }
                } else {
                    await bell.wait(past: mark)
                }
            } catch {
                Log.error("cannot take a photo from the queue", ["reason": error])
                await bell.wait(past: bell.mark)
            }
        }
    }

    private func process(_ lease: Lease) async {
        do {
            do throws(ProcessingError) {
                try await settle(lease, as: .analysed(try await look(at: lease.photo)))
            } catch {
                try await recover(lease, from: error)
            }
        } catch {
            // The lease runs out by itself, and the photo is lent again.
            Log.error("cannot record what became of the photo; it will be looked at again", ["reason": "\(error)"])
        }
    }

    /// Looks at the original; stores the thumbnail.
    private func look(at photo: Photo) async throws(ProcessingError) -> Findings {
        let (file, kinds) = try await transient { () throws(StoreError) in
            (try await objects.open(ObjectKey(photo.id, .original)), try await catalog.bucket(photo.bucket)?.analyses)
        }
        guard let file else {
            throw .permanent(Failure(.originalMissing, "The original is gone from the store; put the photo in again."))
        }
        let (findings, thumbnail) = try await examiner.examine(file, for: kinds ?? [], thumbnailSide: 256)
        if let thumbnail {
            try await transient { () throws(StoreError) in
                try await objects.put(thumbnail, as: ObjectKey(photo.id, .thumbnail256))
            }
        }
        return findings
    }

    private func settle(_ lease: Lease, as outcome: Outcome) async throws(ProcessingError) {
        let holds = try await metrics.measure(.stage, ["stage": "settle"]) { () async throws(ProcessingError) in
            try await transient { () throws(StoreError) in try await catalog.settle(lease, as: outcome) }
        }
        guard holds else {
            // Deleted or replaced meanwhile; its thumbnail may have come after that.
            Log.info("photo settled elsewhere or deleted meanwhile")
            if (try? await catalog.photo(lease.photo.id)) == .some(nil) {
                try? await objects.removeAll(of: lease.photo.id)
            }
            return
        }
        switch outcome {
        case .analysed(let findings):
            metrics.add(to: .settled, ["outcome": "analysed"])
            Log.info(
                "photo analysed", ["labels": findings.analysis.labels.prefix(3).map(\.name).joined(separator: ", ")])
        case .failed(let failure):
            metrics.add(to: .settled, ["outcome": failure.code.rawValue])
            Log.warning("photo failed", ["code": failure.code.rawValue, "reason": failure.message])
        }
        settlements.announce(lease.photo.id)
    }

    private func recover(_ lease: Lease, from error: ProcessingError) async throws(ProcessingError) {
        switch error {
        case .permanent(let failure):
            try await settle(lease, as: .failed(failure))
        case .crash(let failure) where lease.crashes + 1 >= Self.maximumCrashes:
            try await settle(lease, as: .failed(failure))
        case .crash(let failure):
            Log.warning(
                "a worker died over the photo; it is tried again",
                ["reason": failure.message, "try": lease.crashes + 2, "of": Self.maximumCrashes])
            metrics.add(to: .retried, ["cause": "crash"])
            try await release(lease, after: .zero, crashed: true)
        case .transient(let reason):
            Log.warning("something is away; the photo is tried again", ["reason": reason])
            metrics.add(to: .retried, ["cause": "transient"])
            try await release(lease, after: Self.transientPause, crashed: false)
        }
    }

    private func release(_ lease: Lease, after pause: Duration, crashed: Bool) async throws(ProcessingError) {
        try await transient { () throws(StoreError) in
            try await queue.release(lease, after: pause, crashed: crashed)
        }
        bell.ring()
    }

    private func transient<Result>(
        _ body: () async throws(StoreError) -> Result
    ) async throws(ProcessingError) -> Result {
        do throws(StoreError) {
            return try await body()
        } catch {
            throw .transient(reason: error.description)
        }
    }
}
