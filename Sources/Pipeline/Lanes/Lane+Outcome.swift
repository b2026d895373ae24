import Domain
import Telemetry

/// How the work on a photo ends: well, for good, or to be done again.
extension Lane {
    /// Does a step of the work on a photo; what goes wrong is recorded.
    func about(_ lease: Lease, _ step: () async throws(ProcessingError) -> Void) async {
        await Log.with(["job": lease.photo.id]) {
            do throws(ProcessingError) {
                do throws(ProcessingError) {
                    try await step()
                } catch {
                    try await recover(lease, from: error)
                }
            } catch {
                Log.error(
                    "cannot record what became of the photo; it will be looked at again", ["reason": error.reason])
                await putBack(lease, because: .absence(reason: error.reason))
            }
        }
    }

    /// Gives a photo back as soon as the store is there again; else everybody would wait for the lease to run out.
    private func putBack(_ lease: Lease, because setback: Setback) async {
        while !Task.isCancelled {
            if (try? await queue.release(lease, because: setback)) != nil { return }
            await bell.wait(past: bell.mark)
        }
    }

    func settle(
        _ lease: Lease, as outcome: Outcome, effort: Duration = .zero
    ) async throws(ProcessingError) {
        let holds = try await metrics.measure(.stage, ["stage": "settle"]) { () async throws(ProcessingError) in
            try await transient { () throws(StoreError) in try await catalog.settle(lease, as: outcome, effort: effort)
            }
        }
        guard holds else {
            // Deleted, replaced, or settled elsewhere and erased meanwhile; its thumbnail may have come after that.
            Log.info("photo settled elsewhere or deleted meanwhile")
            let photo = try await transient { () throws(StoreError) in try await catalog.photo(lease.photo.id) }
            if photo == nil || photo?.erasedAt != nil { try? await objects.erase(lease.photo.id) }
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
        // Only so many are looked at again at a time, so the next may have waited for this one.
        if lease.photo.status == .analysed { bell.ring() }
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
            try await release(lease, because: .crash(reason: failure.message))
        case .transient(let reason):
            Log.warning("something is away; the photo is tried again", ["reason": reason])
            metrics.add(to: .retried, ["cause": "transient"])
            try await release(lease, because: .absence(reason: reason))
        }
    }

    private func release(_ lease: Lease, because setback: Setback) async throws(ProcessingError) {
        try await transient { () throws(StoreError) in try await queue.release(lease, because: setback) }
        bell.ring()
    }

    func transient<Result>(
        _ body: () async throws(StoreError) -> Result
    ) async throws(ProcessingError) -> Result {
        do throws(StoreError) {
            return try await body()
        } catch {
            throw .transient(reason: error.description)
        }
    }
}
