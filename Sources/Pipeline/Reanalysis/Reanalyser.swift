public import Domain
import Telemetry

/// Has photos looked at again in the background: whenever a few of them are settled it queues the next few.
///
/// How far it has come is written in the store, so that it goes on after whatever was killed.
public actor Reanalyser {
    /// What is looked at again.
    public nonisolated let store: any ReanalysisStore
    private let catalog: any Catalog
    private let analyzer: any Analyzer
    private let bell: Bell
    /// How many photos may wait in the background at a time.
    private let limit: Int
    private var task: Task<Void, Never>?
    /// Whether there may be one that is not over; while there is none, the store is left alone.
    private var mayGoOn = true
    /// How many were asked for: one that comes while the store is asked must not be taken for none.
    private var begun = 0
    private var pace: Pace?

    /// Puts it together; `bell` wakes the lanes, and this with them.
    public init(
        store: any ReanalysisStore, catalog: any Catalog, analyzer: any Analyzer, bell: Bell, limit: Int = 8
    ) {
        self.store = store
        self.catalog = catalog
        self.analyzer = analyzer
        self.bell = bell
        self.limit = limit
    }

    /// Goes on by itself from now on, with what was not over the last time, too.
    public func start() {
        guard task == nil else { return }
        // Lanes ring the bell every few seconds, so nothing waits for ever.
        task = Task { [weak self, bell] in
            while !Task.isCancelled {
                let mark = bell.mark
                await self?.goOn()
                await bell.wait(past: mark)
            }
        }
    }

    /// Queues no more.
    public func stop() async {
        task?.cancel()
        await task?.value
        task = nil
    }

    /// The models that would look at the photos of each bucket now.
    public func models() async throws(StoreError) -> ModelsByBucket {
        var models: ModelsByBucket = [:]
        for bucket in try await catalog.buckets() {
            models[bucket.name] = Analysis.madeBy(analyzer.models(for: bucket.analyses))
        }
        return models
    }

    /// How many photos were looked at by other models than would be now.
    public func stalePhotos() async throws(StoreError) -> Int {
        try await store.stalePhotos(for: try await models())
    }

    /// Starts one over a bucket, or all; `onlyStale` leaves out what these models looked at already.
    public func begin(_ bucket: BucketName?, onlyStale: Bool) async throws(StoreError) -> ReanalysisStart {
        let start = try await store.startReanalysis(of: bucket, staleFor: onlyStale ? try await models() : nil)
        if start.isNew {
            Log.info(
                "photos are to be looked at again",
                [
                    "reanalysis": start.reanalysis.number, "photos": start.reanalysis.total,
                    "bucket": bucket?.description ?? "all", "only": onlyStale ? "stale" : "all",
                ])
        }
        mayGoOn = true
        begun += 1
        bell.ring()
        return start
    }

    /// Stops one; `false` when there is none such, or it is over.
    public func end(_ number: Int) async throws(StoreError) -> Bool {
        guard try await store.stopReanalysis(number) else { return false }
        Log.info("a re-analysis was stopped", ["reanalysis": number])
        bell.ring()
        return true
    }

    /// Has one photo looked at again, ahead of what is in the background.
    public func lookAgain(at id: PhotoID, priority: Job.Priority) async throws(StoreError) -> SecondLook {
        let look = try await store.lookAgain(at: id, priority: priority)
        if look == .queued { bell.ring() }
        return look
    }

    /// How many photos a second one gets on by; `nil` until that can be said.
    public func rate(of reanalysis: Reanalysis) -> Double? {
        guard let pace, pace.number == reanalysis.number, reanalysis.endedAt == nil else { return nil }
        return pace.rate(of: reanalysis)
    }

    private func goOn() async {
        guard mayGoOn else { return }
        let before = begun
        do throws(StoreError) {
            let topUp = try await store.topUpReanalyses(to: limit)
            mayGoOn = topUp.goesOn || begun != before
            if topUp.queued > 0 { bell.ring() }
            try await keepPace()
        } catch {
            Log.error("no photo can be queued to be looked at again; it is tried again", ["reason": error])
        }
    }

    private func keepPace() async throws(StoreError) {
        let all = try await store.reanalyses()
        if let ended = all.first(where: { $0.number == pace?.number }), ended.endedAt != nil, !ended.isStopped {
            Log.info(
                "photos were looked at again",
                ["reanalysis": ended.number, "done": ended.done, "failed": ended.failed])
        }
        let current = all.last { $0.endedAt == nil }
        if current?.number != pace?.number { pace = current.map { Pace($0) } }
    }
}

/// From where and when on one was watched.
private struct Pace {
    let number: Int
    private let start = ContinuousClock.now
    private let finished: Int

    init(_ reanalysis: Reanalysis) {
        number = reanalysis.number
        finished = reanalysis.done + reanalysis.failed
    }

    func rate(of reanalysis: Reanalysis) -> Double? {
        let more = reanalysis.done + reanalysis.failed - finished
        return more > 0 ? Double(more) / ((.now - start) / .seconds(1)) : nil
    }
}
