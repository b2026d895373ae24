import Domain
import Foundation

extension ReanalysisDocument {
    /// A line for a person: `3  running  120 of 4,000 photos, 2 failed, 1.4 a second, 46 min left  (stale, all buckets)`.
    var summary: String {
        "\(number)  \(state.rawValue)  \(progress)  (\(only.rawValue), \(bucket.map { "\($0)" } ?? "all buckets"))"
    }

    /// How far it is.
    var progress: String {
        var facts = ["\((done + failed).grouped) of \(photos(total))"]
        if failed > 0 { facts.append("\(failed.grouped) failed") }
        if let rate { facts.append(String(format: "%.1f a second", rate)) }
        if let secondsLeft { facts.append("\(Terminal.time(secondsLeft)) left") }
        return facts.joined(separator: ", ")
    }

    /// What has come of it, for a person, with what went wrong.
    var report: String {
        var lines: [String] = []
        switch state {
        case .done where total == 0: lines.append("No photo is to be looked at again.")
        case .done: lines.append("\(photos(done)) looked at again.")
        case .stopped: lines.append("Stopped; \(photos(done)) of \(total.grouped) looked at again.")
        case .running, .waiting:
            lines.append("\(photos(total)) \(total == 1 ? "is" : "are") looked at again in the background (\(number)).")
        }
        if failed > 0 {
            lines.append("\(photos(failed)) could not be; what was known of \(failed == 1 ? "it" : "them") stays.")
        }
        for failure in failures ?? [] {
            lines.append("\(Terminal.visible(failure.key.description))  \(Terminal.dim("\(failure.photo)"))")
            lines.append("    \(Terminal.visible(failure.error.message))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func photos(_ count: Int) -> String {
        count == 1 ? "1 photo" : "\(count.grouped) photos"
    }
}

extension Terminal {
    /// `45 s`, `3 min 12 s`, `2 h 5 min`.
    static func time(_ seconds: Int) -> String {
        switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3600: "\(seconds / 60) min \(seconds % 60) s"
        default: "\(seconds / 3600) h \(seconds / 60 % 60) min"
        }
    }
}
