public import Foundation

/// An alert that a photo sets off.
public struct AlertMatch: Sendable, Equatable {
    /// The rule.
    public let rule: AlertRule
    /// What of the photo it is about, in words.
    public let match: String
    /// How many photos it was silent about since it last spoke.
    public var silent: Int

    /// Describes a match.
    public init(rule: AlertRule, match: String, silent: Int = 0) {
        self.rule = rule
        self.match = match
        self.silent = silent
    }
}

extension AlertRule {
    /// Whether a photo is what the rule waits for.
    public func match(_ photo: Photo) -> AlertMatch? {
        guard case .analysed(let findings) = photo.state, bucket == nil || bucket == photo.bucket else { return nil }
        return condition.match(in: findings, labels: photo.labels).map { AlertMatch(rule: self, match: $0) }
    }
}

extension Photo {
    /// What is told of a photo that was just settled: to those whom its bucket names, and to those of the alerts that it
    /// sets off and that are not silent. `revision` is that of the photo before.
    public func deliveries(
        in bucket: Bucket, alerts: [AlertMatch], revision: Int, at time: Date
    ) -> [Delivery] {
        guard !bucket.notify.isEmpty || alerts.contains(where: { !$0.rule.notify.isEmpty }) else { return [] }
        let document = PhotoDocument(self, limits: bucket.limits)
        let kind: Announcement.Kind = if case .failed = state { .failed } else { .analysed }
        let news = Announcement(kind, at: time, photo: document, retention: bucket.retention)
        let told = bucket.notify.map { ($0, news) }
        let alerted = alerts.flatMap { alert in
            var news = news
            news.type = .alert
            news.alert = AlertNotice(
                name: alert.rule.name.description, condition: alert.rule.condition.description, match: alert.match,
                silent: alert.silent > 0 ? alert.silent : nil)
            return alert.rule.notify.map { ($0, news) }
        }
        return (told + alerted).enumerated().map { place, entry in
            Delivery(
                key: DeliveryKey(id, revision: revision, place: place), recipient: entry.0, announcement: entry.1,
                createdAt: time)
        }
    }
}
