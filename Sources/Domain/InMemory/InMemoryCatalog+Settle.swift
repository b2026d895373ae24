extension InMemoryCatalog {
    /// Records an outcome and all that follows from it.
    public func settle(_ lease: Lease, as outcome: Outcome, effort: Duration) -> Bool {
        let id = lease.photo.id
        guard let job = jobs[id], job.token == lease.token, let photo = photos[id] else { return false }
        jobs[id] = nil
        count(outcome, effort, of: photo.bucket)
        let wasAnalysed = photo.status == .analysed
        if wasAnalysed {
            count(outcome, of: id, in: job.reanalysis)
            guard case .analysed = outcome else { return true }
        }
        photos[id]?.revision += 1
        photos[id]?.settledAt = now()
        photos[id]?.state = outcome.withoutVectors
        if case .analysed(let findings) = outcome { vectors[id] = findings.analysis.vectors }
        mark(id)
        note(outcome.failure == nil ? .analysed : .failed, photo)
        if !wasAnalysed, let settled = photos[id], let bucket = rules[photo.bucket] {
            let matches = alertStates.keys.sorted { $0.description < $1.description }
                .compactMap { alertStates[$0]?.rule.match(settled) }
            post(
                settled.deliveries(
                    in: bucket, alerts: speaking(matches, on: photo), revision: photo.revision, at: now()))
        }
        return true
    }

    private func speaking(_ matches: [AlertMatch], on photo: Photo) -> [AlertMatch] {
        matches.compactMap { match in
            guard var alert = alertStates[match.rule.name] else { return nil }
            defer { alertStates[match.rule.name] = alert }
            guard alert.maySpeak(at: now()) else {
                alert.silent += 1
                return nil
            }
            var match = match
            match.silent = alert.silent
            alert.silent = 0
            alert.spoken += 1
            alert.lastSpoke = now()
            note(.alert, photo, alert: match.rule.name.description)
            return match
        }
    }

    func note(_ kind: LiveEvent.Kind, _ photo: Photo, alert: String? = nil) {
        events.append(
            LiveEvent(
                number: (events.last?.number ?? 0) + 1, kind: kind, time: now(), photo: photo.id, bucket: photo.bucket,
                key: photo.key, alert: alert))
        for listener in eventListeners { listener() }
    }
}

extension Outcome {
    fileprivate var withoutVectors: Photo.State {
        switch self {
        case .analysed(let findings): .analysed(findings.withoutVectors)
        case .failed(let failure): .failed(failure)
        }
    }
}
