import Domain
import Foundation
import Synchronization
import Testing

@testable import Importing

/// What people read of a watch.
@Suite struct WatchWordingTests {
    private func folder(hears: Bool, share: String? = nil, every seconds: Double) -> String {
        WatchedFolder(
            folder: "/in\u{1B}box", bucket: .incoming, hearsChanges: hears, share: share, rescanSeconds: seconds
        ).text
    }

    @Test func theFirstLineSaysHow() {
        #expect(
            folder(hears: true, every: 900)
                == "Watching /in�box for pictures → incoming. Changes are heard at once; all is looked through every 15 min."
        )
        #expect(folder(hears: false, every: 90).hasSuffix("It is looked through every 1 min 30 s."))
        #expect(folder(hears: true, share: "nfs4", every: 60).contains("network share (nfs4)"))
        #expect(folder(hears: true, share: "nfs4", every: 60).hasSuffix("is found every 1 min."))
    }

    @Test func eachEndHasItsWords() {
        let lines = WatchedFile.Outcome.allCases.map { outcome in
            WatchedFile(path: "a\n.jpg", outcome: outcome, message: "Why\u{7}.").text(bucket: .incoming)
        }
        #expect(Set(lines).count == lines.count)
        #expect(lines.allSatisfy { $0.hasPrefix("a�.jpg ") && !$0.contains("\u{7}") })
        #expect(lines.first == "a�.jpg → incoming")
    }

    @Test func theSummaryNamesWhatThereWas() {
        var summary = WatchSummary()
        #expect(summary.text(after: 3) == "Stopped after 3 s: 0 new.\n")
        for outcome in [WatchedFile.Outcome.new, .new, .failed, .leftOut] {
            summary.add(WatchedFile(path: "a", outcome: outcome))
        }
        #expect(summary.text(after: 7500) == "Stopped after 2 h 5 min: 2 new, 1 left out, 1 failed.\n")
    }

    @Test func aNoticeIsToldOnceForAsLongAsItLasts() {
        let told = Told()
        let notices = WatchNotices { told.add($0) }
        let (first, second) = (UUID(), UUID())
        notices.note(nil, by: first)
        notices.note("Full.", by: first)
        notices.note("Full.", by: first)
        notices.note(nil, by: first)
        // The next one waits, too.
        notices.note("Full.", by: second)
        notices.note("Away.", by: second)
        notices.note(nil, by: second)
        notices.note(nil, by: UUID())
        notices.note(nil, by: UUID())
        #expect(told.all == ["Full.", "Away.", "It goes on."].map(WatchNews.notice))
    }
}

/// Keeps what it was told.
private final class Told: Sendable {
    private let news = Mutex<[WatchNews]>([])

    var all: [WatchNews] { news.withLock { $0 } }

    func add(_ one: WatchNews) {
        news.withLock { $0.append(one) }
    }
}
