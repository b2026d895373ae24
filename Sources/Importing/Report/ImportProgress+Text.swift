import Foundation

extension ImportProgress {
    /// One line for a terminal of `width` columns: how far it is, how fast, how long it will take, and what is in hand.
    public func line(rate: Double?, width: Int, now: ContinuousClock.Instant = .now) -> String {
        let bar = total.map { Self.bar(finished, of: $0) + " " } ?? ""
        let figures = bar + text(rate: rate)
        let isAllTaken = seen == total
        let name = current.split(separator: "/").last.map(String.init) ?? ""
        let spent = (now - currentSince) / .seconds(1)
        let file = Wording.visible(name) + (spent >= 2 ? " (\(Wording.time(spent)))" : "")
        let tail = notice.map(Wording.visible) ?? (isAllTaken ? "" : file)
        // One column stays free: a full line makes some terminals go to the next.
        let room = width - 1 - figures.count - 3
        return room < 8 || tail.isEmpty
            ? String(figures.prefix(max(0, width - 1))) : "\(figures) · \(Wording.shortened(tail, to: room))"
    }

    /// The same without anything that moves, for a log.
    public func text(rate: Double?) -> String {
        let all = total.map { " of \(Wording.number($0))" } ?? ""
        var parts = [
            "\(Wording.number(finished))\(all) files", "\(Wording.number(sent)) sent",
            "\(Wording.number(lookedAt)) looked at",
        ]
        if let rate, rate > 0 {
            parts.append(String(format: "%.1f a second", rate))
            if let total { parts.append("\(Wording.time(Double(total - finished) / rate)) left") }
        }
        return parts.joined(separator: " · ")
    }

    private static func bar(_ done: Int, of total: Int) -> String {
        let width = 16
        let filled = total > 0 ? min(width, width * done / total) : 0
        return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    }
}
