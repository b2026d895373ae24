import Foundation

extension InMemoryCatalog: ResultTable {
    /// One page of settled photos, in the order in which they were settled.
    public func results(
        matching query: ResultQuery, after cursor: Cursor?, limit: Int
    ) throws(SearchError) -> PhotoPage {
        let rows = photos.values.filter { photo in
            guard let settledAt = photo.settledAt, photo.isSettled else { return false }
            return (query.bucket ?? photo.bucket) == photo.bucket && settledAt >= query.from ?? .distantPast
                && settledAt < query.to ?? .distantFuture
        }.sorted { ($0.settledAt ?? .distantPast, $0.id) < ($1.settledAt ?? .distantPast, $1.id) }
        var rest = rows[...]
        if let cursor {
            guard let last = rows.firstIndex(where: { $0.id.description == cursor.rawValue }) else { throw .badCursor }
            rest = rows[(last + 1)...]
        }
        let page = rest.prefix(limit)
        let next = rest.count > limit ? page.last.map { Cursor(rawValue: $0.id.description) } : nil
        return PhotoPage(photos: page.map(current), next: next)
    }
}

extension InMemoryCatalog: UsageStore {
    /// What was done, by day and bucket.
    public func usage(from first: String?, to last: String?) -> [Usage] {
        days.filter { $0.day >= first ?? "" && $0.day <= last ?? "~" }
            .sorted { ($0.day, $0.bucket.description) < ($1.day, $1.bucket.description) }
    }

    /// What is stored, by bucket.
    public func storedAmounts() -> [StoredAmount] {
        Dictionary(grouping: photos.values, by: \.bucket).map { bucket, photos in
            let kept = photos.filter { $0.erasedAt == nil }
            return StoredAmount(
                bucket: bucket, photos: photos.count, originals: kept.count,
                originalBytes: kept.map(\.content.bytes).reduce(0, +))
        }.sorted { $0.bucket.description < $1.bucket.description }
    }

    func count(_ outcome: Outcome, _ effort: Duration, of bucket: BucketName) {
        let day = Usage.day(of: now())
        if !days.contains(where: { $0.day == day && $0.bucket == bucket }) {
            days.append(Usage(day: day, bucket: bucket))
        }
        guard let index = days.firstIndex(where: { $0.day == day && $0.bucket == bucket }) else { return }
        days[index].images += 1
        days[index].effort += effort
        guard case .analysed(let findings) = outcome else { return }
        for (kind, state) in findings.analysis.states where state == .done {
            days[index].analyses[kind, default: 0] += 1
        }
    }
}
