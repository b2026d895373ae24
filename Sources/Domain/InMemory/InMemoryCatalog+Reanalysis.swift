import Foundation

extension InMemoryCatalog: ReanalysisStore {
    /// A re-analysis on its way.
    struct Walk {
        var reanalysis: Reanalysis
        let models: ModelsByBucket?
        /// The photos that were there when it started and are still before it, newest first.
        var rest: [PhotoID]
        var failures: [PhotoID: Failure] = [:]
    }

    /// Starts one, or finds the one of the same kind that goes on.
    public func startReanalysis(of bucket: BucketName?, staleFor models: ModelsByBucket?) -> ReanalysisStart {
        let same = walks.first { $0.reanalysis.endedAt == nil && $0.reanalysis.bucket == bucket && $0.models == models }
        if let same { return ReanalysisStart(reanalysis: same.reanalysis, isNew: false) }
        var started = Reanalysis(
            number: walks.count + 1, bucket: bucket, onlyStale: models != nil, startedAt: now())
        let rest = photos.values.filter { (bucket ?? $0.bucket) == $0.bucket && isMeant($0, models) }.map(\.id)
        started.total = rest.count
        if rest.isEmpty { started.endedAt = now() }
        walks.append(Walk(reanalysis: started, models: models, rest: rest.sorted(by: >)))
        return ReanalysisStart(reanalysis: started, isNew: true)
    }

    /// Queues the next photos, and ends what is over.
    public func topUpReanalyses(to limit: Int) -> TopUp {
        var room = limit - depth().background
        var queued = 0
        while room > 0, let index = walks.firstIndex(where: { $0.reanalysis.endedAt == nil }) {
            guard !walks[index].rest.isEmpty else {
                guard end(index) else { break }
                continue
            }
            let id = walks[index].rest.removeFirst()
            guard let photo = photos[id], jobs[id] == nil, isMeant(photo, walks[index].models),
                walks[index].models != nil || photo.settledAt ?? .distantPast <= walks[index].reanalysis.startedAt
            else { continue }
            jobs[id] = Work(due: now(), priority: .background, reanalysis: walks[index].reanalysis.number)
            room -= 1
            queued += 1
        }
        return TopUp(queued: queued, goesOn: walks.contains { $0.reanalysis.endedAt == nil })
    }

    private func end(_ index: Int) -> Bool {
        var ended = walks[index].reanalysis
        guard !jobs.values.contains(where: { $0.reanalysis == ended.number }) else { return false }
        ended.endedAt = now()
        ended.total = ended.done + ended.failed
        walks[index].reanalysis = ended
        return true
    }

    /// Queues one photo.
    public func lookAgain(at id: PhotoID, priority: Job.Priority) -> SecondLook {
        guard let photo = photos[id] else { return .unknown }
        guard case .analysed = photo.state else { return .notLookedAt }
        guard isKept(photo) else { return .erased }
        if let job = jobs[id] {
            guard job.token == nil || job.due <= now(), job.priority > priority else { return .waitsAlready }
            jobs[id]?.priority = priority
        } else {
            jobs[id] = Work(due: now(), priority: priority)
        }
        return .queued
    }

    /// Why a photo could not be looked at again.
    public func failureOfSecondLook(at id: PhotoID) -> Failure? {
        lookFailures[id]
    }

    /// The last ones.
    public func reanalyses() -> [Reanalysis] {
        walks.map(\.reanalysis).reversed()
    }

    /// Which photos one could not look at.
    public func reanalysisFailures(_ number: Int, limit: Int) -> [ReanalysisFailure] {
        let failures = walks.first { $0.reanalysis.number == number }?.failures ?? [:]
        return failures.sorted { $0.key > $1.key }.prefix(limit).compactMap { id, failure in
            photos[id].map { ReanalysisFailure(photo: id, key: $0.key, failure: failure) }
        }
    }

    /// Stops one.
    public func stopReanalysis(_ number: Int) -> Bool {
        let index = walks.firstIndex { $0.reanalysis.number == number && $0.reanalysis.endedAt == nil }
        guard let index else { return false }
        walks[index].reanalysis.endedAt = now()
        walks[index].reanalysis.isStopped = true
        jobs = jobs.filter { _, job in
            job.reanalysis != number || job.priority != .background || job.token != nil && job.due > now()
        }
        return true
    }

    /// How many photos are stale.
    public func stalePhotos(for models: ModelsByBucket) -> Int {
        photos.values.count { isMeant($0, models) }
    }

    /// Counts a photo that was looked at again.
    func count(_ outcome: Outcome, of photo: PhotoID, in reanalysis: Int?) {
        lookFailures[photo] = outcome.failure
        guard let index = walks.firstIndex(where: { $0.reanalysis.number == reanalysis }) else { return }
        if let failure = outcome.failure {
            walks[index].reanalysis.failed += 1
            walks[index].failures[photo] = failure
        } else {
            walks[index].reanalysis.done += 1
        }
    }

    private func isMeant(_ photo: Photo, _ models: ModelsByBucket?) -> Bool {
        guard case .analysed(let findings) = photo.state, isKept(photo) else { return false }
        guard let models else { return true }
        guard let now = models[photo.bucket], !now.isEmpty else { return false }
        return findings.analysis.madeBy != now
    }

    private func isKept(_ photo: Photo) -> Bool {
        let due = rules[photo.bucket].flatMap { bucket in
            photo.settledAt.flatMap {
                bucket.retention.eraseDate(createdAt: photo.createdAt, settledAt: $0, failure: nil)
            }
        }
        return photo.erasedAt == nil && due ?? .distantFuture > now()
    }
}
