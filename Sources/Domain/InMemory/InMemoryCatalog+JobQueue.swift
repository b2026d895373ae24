import Foundation

extension InMemoryCatalog: JobQueue {
    /// Lends the photo that is next.
    public func lease(for duration: Duration, background limit: Int) -> Lease? {
        let mayLendMore = jobs.values.count { $0.priority == .background && isLeased($0) } < limit
        let next = order.first { id in
            jobs[id].map { $0.due <= now() && ($0.priority < .background || mayLendMore) } ?? false
        }
        guard !isPaused, let id = next,
            var job = jobs[id], let photo = photos[id]
        else { return nil }
        if job.token != nil { job.interruptions += 1 }
        let token = UUID().uuidString
        job.token = token
        job.due = now() + TimeInterval(duration.components.seconds)
        jobs[id] = job
        return Lease(photo: current(photo), token: token, crashes: job.crashes, interruptions: job.interruptions)
    }

    /// Takes a photo back.
    public func release(_ lease: Lease, because setback: Setback) {
        guard var job = jobs[lease.photo.id], job.token == lease.token else { return }
        job.token = nil
        job.due = now() + TimeInterval(setback.pause.components.seconds)
        job.crashes += setback.crashes
        job.setback = setback.reason
        jobs[lease.photo.id] = job
    }

    /// Queues a photo that failed.
    public func retry(_ id: PhotoID) -> Bool {
        guard let photo = photos[id], photo.status == .failed, photo.erasedAt == nil,
            !dueErasures(limit: .max).contains(id)
        else { return false }
        photos[id]?.state = .queued
        photos[id]?.revision += 1
        jobs[id] = Work(due: now(), priority: .ordinary)
        note(.queued, photo)
        return true
    }

    /// Lends nothing for a while.
    public func setPaused(_ isPaused: Bool) {
        self.isPaused = isPaused
    }

    /// How much work there is.
    public func depth() -> QueueDepth {
        let leased = jobs.values.count(where: isLeased)
        let failed = photos.values.count { $0.status == .failed }
        let background = jobs.values.count { $0.priority == .background && !isLeased($0) }
        return QueueDepth(
            waiting: jobs.count - leased - background, background: background, leased: leased, failed: failed,
            isPaused: isPaused)
    }

    /// The job of one photo.
    public func job(of id: PhotoID) -> Job? {
        jobs(limit: .max).first { $0.photo == id }
    }

    /// The first jobs.
    public func jobs(limit: Int) -> [Job] {
        var behind = 0
        let waiting = order.filter { !isLeased($0) }.compactMap { id in
            defer { behind += 1 }
            return job(id, jobs[id].map { $0.due > now() ? .resting(until: $0.due) : .waiting(behind: behind) })
        }
        let leased = order.filter(isLeased).compactMap { job($0, .leased) }
        return Array((leased + waiting).prefix(limit))
    }

    private var order: [PhotoID] {
        jobs.sorted { ($0.value.priority, $0.value.due, $0.key) < ($1.value.priority, $1.value.due, $1.key) }.map(\.key)
    }

    private func isLeased(_ id: PhotoID) -> Bool { jobs[id].map(isLeased) ?? false }
    private func isLeased(_ job: Work) -> Bool { job.token != nil && job.due > now() }

    private func job(_ id: PhotoID, _ standing: Job.Standing?) -> Job? {
        guard let work = jobs[id], let photo = photos[id], let standing else { return nil }
        return Job(
            photo: id, bucket: photo.bucket, key: photo.key, priority: work.priority, standing: standing,
            crashes: work.crashes, interruptions: work.interruptions, setback: work.setback)
    }
}
