public import Domain
import Foundation
import Synchronization

extension LocalCatalog {
    /// Records an outcome and all that follows from it, in one transaction.
    public func settle(_ lease: Lease, as outcome: Outcome, effort: Duration) async throws(StoreError) -> Bool {
        let record = try stored { () throws(DatabaseError) in try SettledRecord(outcome) }
        let time = now()
        return try await writer.write { database throws(DatabaseError) in
            guard let job = try Self.job(of: lease, in: database) else { return false }
            try database.run("DELETE FROM job WHERE photo = ?", .integer(job.photo))
            try Self.count(outcome, effort, of: lease.photo.bucket, at: time, in: database)
            let wasAnalysed = lease.photo.status == .analysed
            if wasAnalysed {
                try Self.count(outcome, of: job.photo, inReanalysis: job.reanalysis, in: database)
                guard case .analysed = outcome else { return true }
            }
            try write(record, outcome, of: lease.photo, number: job.photo, at: time, in: database)
            if !wasAnalysed { try announce(outcome, of: lease.photo, number: job.photo, at: time, in: database) }
            return true
        }
    }

    private func write(
        _ record: SettledRecord, _ outcome: Outcome, of photo: Photo, number: Int, at time: Date,
        in database: Database
    ) throws(DatabaseError) {
        let retention = rules.withLock { $0.first { $0.name == photo.bucket } }?.retention ?? .keep
        let due = retention.eraseDate(createdAt: photo.createdAt, settledAt: time, failure: outcome.failure)
        try database.run(
            """
            UPDATE photo SET state = ?, result = ?, made_by = ?, settled = ?, erase_due = ?, revision = revision + 1
            WHERE number = ?
            """,
            .text(record.state), .text(record.result), record.madeBy, SQLValue(time), SQLValue(due),
            .integer(number))
        if case .analysed(let findings) = outcome {
            try Self.keep(findings.analysis.vectors, model: findings.analysis.vectorModel, of: number, in: database)
        }
        try mark(number, in: database)
        try Self.index(number, words: [photo.key.description], labels: outcome.labels, in: database)
    }

    /// Puts into the outbox what is to be told of a photo that was looked at for the first time.
    private func announce(
        _ outcome: Outcome, of photo: Photo, number: Int, at time: Date, in database: Database
    ) throws(DatabaseError) {
        guard let bucket = rules.withLock({ $0.first { $0.name == photo.bucket } }) else { return }
        let alerts = alertRules.withLock { $0 }
        guard !bucket.notify.isEmpty || !alerts.isEmpty else { return }
        var settled = photo
        settled.state = outcome.state
        settled.settledAt = time
        settled.marks = try Self.marks(of: number, in: database)
        let speaking = try Self.speaking(alerts.compactMap { $0.match(settled) }, on: photo, at: time, in: database)
        let deliveries = settled.deliveries(in: bucket, alerts: speaking, revision: photo.revision, at: time)
        try Self.post(deliveries, in: database)
    }
}

/// What is written of an outcome, made before the writer is asked for.
private struct SettledRecord {
    let state: String
    let result: String
    let madeBy: SQLValue

    init(_ outcome: Outcome) throws(DatabaseError) {
        switch outcome {
        case .analysed(let findings):
            (state, result) = ("analysed", try LocalCatalog.json(findings))
            madeBy = .text(findings.analysis.madeBy)
        case .failed(let failure):
            (state, result) = ("failed", try LocalCatalog.json(failure))
            madeBy = .null
        }
    }
}
