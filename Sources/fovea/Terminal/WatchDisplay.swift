import Domain
import Foundation
import Importing
import Synchronization

/// Tells on standard output what a watch does: a line for each file, for people or as JSON.
final class WatchDisplay: Sendable {
    private let bucket: BucketName
    private let isJSON: Bool
    private let start = ContinuousClock.now
    private let summary = Mutex(WatchSummary())

    init(of bucket: BucketName, isJSON: Bool) {
        self.bucket = bucket
        self.isJSON = isJSON
    }

    /// Tells one thing.
    func show(_ news: WatchNews) {
        if case .file(let file) = news { summary.withLock { $0.add(file) } }
        guard isJSON else { return Terminal.print("\(Self.clock(Date()))\(text(news))\n") }
        switch news {
        case .began(let folder): print(Line(event: "watching", content: folder))
        case .file(let file): print(Line(event: "file", content: file))
        case .notice(let message): print(Line(event: "notice", content: ["message": message]))
        }
    }

    /// Tells what there was, at the end.
    func end() {
        let summary = summary.withLock { $0 }
        guard isJSON else {
            return Terminal.print(summary.text(after: (ContinuousClock.now - start) / .seconds(1)))
        }
        print(Line(event: "stopped", content: summary.counts))
    }

    private func text(_ news: WatchNews) -> String {
        switch news {
        case .began(let folder): folder.text + " Ctrl-C stops it."
        case .file(let file): file.text(bucket: bucket)
        case .notice(let message): Terminal.visible(message)
        }
    }

    /// `12:34:56 ` in local time.
    private static func clock(_ date: Date) -> String {
        var (seconds, parts) = (time_t(date.timeIntervalSince1970), tm())
        localtime_r(&seconds, &parts)
        return String(format: "%02d:%02d:%02d ", parts.tm_hour, parts.tm_min, parts.tm_sec)
    }

    private func print(_ line: Line<some Encodable>) {
        try? Terminal.print(json: line)
    }

    /// What is told as one object: when and what, then its own members.
    private struct Line<Content: Encodable>: Encodable {
        let event: String
        let content: Content

        private enum Key: CodingKey {
            case event, time
        }

        func encode(to encoder: any Encoder) throws {
            try content.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(event, forKey: .event)
            try container.encode(
                Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)), forKey: .time)
        }
    }
}
