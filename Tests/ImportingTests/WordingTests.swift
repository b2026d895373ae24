import Domain
import Testing

@testable import Importing

/// What people read.
@Suite struct WordingTests {
    @Test func figures() {
        #expect([0, 999, 1000, 1_234_567].map(Wording.number) == ["0", "999", "1,000", "1,234,567"])
        #expect([0.2, 59, 60, 3725].map { Wording.time($0) } == ["0 s", "59 s", "1 min 0 s", "1 h 2 min"])
        #expect(Wording.shortened("abcdefghij", to: 7) == "ab…ghij")
        #expect(Wording.visible("a\u{1B}[2Jb") == "a�[2Jb")
    }

    @Test func theRateIsThatOfTheLastWhile() {
        var meter = RateMeter(over: .seconds(10))
        let start = ContinuousClock.now
        #expect(meter.perSecond == nil)
        for second in 0...10 { meter.add(second * 100, at: start + .seconds(second)) }
        #expect(meter.perSecond == 100)
        for second in 11...30 { meter.add(1000 + second - 10, at: start + .seconds(second)) }
        #expect(meter.perSecond == 1)
    }

    @Test func aLineOfProgressFitsItsTerminal() {
        var progress = ImportProgress()
        (progress.seen, progress.sent, progress.lookedAt, progress.finished) = (700, 600, 500, 512)
        progress.current = "/photos/2024/a very long name of a very long photo\u{7}.jpg"
        #expect(progress.text(rate: nil) == "512 files · 600 sent · 500 looked at")
        progress.total = 1024
        let line = progress.line(rate: 8, width: 120)
        #expect(line.hasPrefix("████████░░░░░░░░ 512 of 1,024 files · 600 sent · 500 looked at · 8.0 a second"))
        #expect(line.contains("1 min 4 s left"))
        #expect(line.count < 120 && line.hasSuffix(".jpg") && !line.contains("\u{7}"))
        for width in 1..<120 { #expect(progress.line(rate: 8, width: width).count < width) }
        progress.notice = "The queue is full"
        #expect(progress.line(rate: 8, width: 150).hasSuffix("The queue is full"))
    }

    @Test func aReportNamesTheFirstFilesOfEachReason() {
        let tally = ImportTally(mostNames: 3)
        tally.stored(.present, isSettled: true, isFinished: true)
        for number in 0..<5 {
            tally.begin("/a/\(number)")
            tally.record(.failed, "/a/\(number)", Failure(.damaged, "The file ends early."))
        }
        tally.record(.refused, "/a/x", Failure(.tooManyPixels, "It has 1."))
        tally.record(.refused, "/a/y", Failure(.tooManyPixels, "It has 2."))
        tally.record(.leftOut, "/a/.b", Failure(.unreadable, "It is hidden."), isFile: false)
        let text = tally.report.text(took: 75)
        #expect(text.hasPrefix("5 files in 1 min 15 s\n"))
        #expect(text.contains("there already"))
        #expect(text.contains("5   The file ends early.\n      /a/0\n      /a/1\n      /a/2\n      … and 2 more"))
        #expect(text.contains("2   too many pixels\n      /a/"))
        #expect(!text.contains("replaced"))
        #expect(text.contains("--json"))
    }

    @Test func aSummaryIsAPictureInText() {
        var counts = LibrarySummary()
        #expect(SummaryDocument(counts, searches: []).text(isPlain: true) == "There are no photos yet.\n")
        counts.photos = 1200
        counts.states = [.analysed: 1190, .queued: 7, .failed: 3]
        counts.labels = [NamedCount(name: "Cat", photos: 800), NamedCount(name: "Dog", photos: 200)]
        counts.places.areas = [LibrarySummary.Area(latitude: -34, longitude: 18, photos: 4)]
        (counts.duplicates.groups, counts.duplicates.photos) = (1, 2)
        let document = SummaryDocument(counts, searches: ["cat", "label:\"Coffee Mug\"", "mou*"])
        let plain = document.text(isPlain: true)
        #expect(
            plain.hasPrefix("Here is what you have: 1,200 photos, 7 still to be looked at, 3 could not be looked at"))
        #expect(plain.contains("about 34° S 18° E"))
        #expect(plain.contains("1 picture is there more than once: 2 photos"))
        #expect(plain.contains("  fovea search cat\n  fovea search 'label:\"Coffee Mug\"'\n  fovea search 'mou*'\n"))
        #expect(!plain.contains("█") && !plain.contains("Faces") && !plain.contains("Years"))
        let bars = document.text(isPlain: false).split(separator: "\n").map { $0.count { $0 == "█" } }
        #expect(bars.filter { $0 > 0 } == [24, 6, 24])
    }
}
