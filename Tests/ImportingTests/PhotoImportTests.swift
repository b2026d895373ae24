import Domain
import Foundation
import Pipeline
import Testing

@testable import Importing

/// What becomes of files, through the real routes.
@Suite struct PhotoImportTests {
    private let album: Album

    init() throws {
        album = try Album()
    }

    private func run(
        through house: House, waits: Bool = false, patience: Duration = .seconds(20)
    ) async throws -> (report: ImportReport, progress: ImportProgress) {
        var job = PhotoImport(try FolderWalk([album.path]), into: .incoming, below: "p")
        job.waits = waits
        job.patience = patience
        let tally = ImportTally()
        do throws(ImportStop) {
            try await job.run(through: house, tally: tally)
        } catch {
            var report = tally.report
            report.stopped = "\(error)"
            return (report, tally.progress)
        }
        return (tally.report, tally.progress)
    }

    private func keys(_ house: House) async throws -> [String] {
        try await house.catalog.photos(matching: PhotoQuery(), after: nil, limit: 1000).photos.map(\.key.description)
    }

    @Test func everyOutcomeIsCounted() async throws {
        try album.write("there.jpg")
        try album.write("edited.jpg")
        let house = House()
        let first = try await run(through: house)
        #expect((first.report.files, first.report.new, first.report.isWell) == (2, 2, true))
        let before = try await house.catalog.photo(in: .incoming, key: #require(PhotoKey("p/there.jpg")))?.id

        try album.write("edited.jpg", Album.jpeg("edite!.jpg"))
        try album.write("new.jpg")
        try album.write("empty.jpg", [])
        try album.write("notes.txt", Array("no picture".utf8))
        try album.write("paper.jpg", Array("%PDF-1.7".utf8))
        try album.write("large.jpg", Album.jpeg(String(repeating: "x", count: 1000)))
        try album.write(nameOf: [0xFF], Album.jpeg("x"))
        let (report, progress) = try await run(through: house)
        #expect((report.new, report.present, report.replaced) == (1, 1, 1))
        #expect(Set(report.leftOut.map(\.code)) == ["empty", "not_an_image", "unsupported_format"])
        #expect(Set(report.refused.map(\.code)) == ["file_too_large", "unusable_name"])
        #expect(report.failed.isEmpty && report.stopped == nil && !report.isWell)
        #expect(report.files == 8)
        #expect((progress.total, progress.finished) == (8, 8))
        #expect(try await Set(keys(house)) == ["p/there.jpg", "p/edited.jpg", "p/new.jpg"])
        #expect(try await house.catalog.photo(in: .incoming, key: #require(PhotoKey("p/there.jpg")))?.id == before)
    }

    @Test func whatIsThereIsNotSentAgain() async throws {
        for number in 0..<30 { try album.write("\(number).jpg") }
        let house = House()
        _ = try await run(through: house)
        #expect(house.sent.count == 30)
        #expect(house.sent.allSatisfy { $0.contains("priority=batch") })
        let (report, _) = try await run(through: house)
        #expect((report.new, report.present) == (0, 30))
        #expect(house.sent.count == 30)
    }

    @Test func itWaitsUntilAllIsLookedAt() async throws {
        for number in 0..<40 { try album.write("\(number).jpg") }
        try album.write("damaged.jpg")
        let house = House()
        await house.lanes.start()
        let (report, progress) = try await run(through: house, waits: true)
        #expect(report.new == 41)
        #expect(report.failed.map(\.code) == ["damaged"])
        #expect(report.failed.first?.files == [album.path + "/damaged.jpg"])
        #expect((progress.finished, progress.total, progress.lookedAt, report.waiting) == (41, 41, 41, 0))
        #expect(await house.catalog.depth() == QueueDepth(waiting: 0, leased: 0, failed: 1))
        // A failure is told again: the outcome does not depend on how often it was run.
        let again = try await run(through: house, waits: true)
        #expect((again.report.present, again.report.failed.count) == (41, 1))
        #expect(again.progress.finished == 41)
        await house.lanes.stop()
    }

    @Test func aFullQueueAndAServerThatIsAwayAreWaitedFor() async throws {
        for number in 0..<8 { try album.write("\(number).jpg") }
        let house = House([.answer(429, retryAfter: 1), .away, .answer(503), .away, .answer(429)])
        let (report, progress) = try await run(through: house)
        #expect((report.new, report.isWell) == (8, true))
        #expect(progress.notice == nil)
    }

    @Test func anAnswerThatIsLostDoesNotMakeAPhotoOld() async throws {
        try album.write("a.jpg")
        let house = House([.lost])
        let (report, _) = try await run(through: house)
        #expect((report.new, report.present) == (1, 0))
        #expect(house.sent.count == 2)
        #expect(try await keys(house) == ["p/a.jpg"])
    }

    @Test func aFullDiskEndsItWithItsSentence() async throws {
        for number in 0..<50 { try album.write("\(number).jpg") }
        let house = House(Array(repeating: .answer(507), count: 50))
        let (report, _) = try await run(through: house)
        #expect(report.stopped?.contains("It was provoked.") == true)
        #expect(report.files < 50)
        #expect(house.sent.isEmpty)
    }

    @Test func aServerThatStaysAwayEndsIt() async throws {
        try album.write("a.jpg")
        let (report, _) = try await run(through: House([.away, .away, .away]), patience: .milliseconds(150))
        #expect(report.stopped?.contains("nobody is there") == true)
        #expect(!report.isWell)
    }

    @Test func oneFileThatChangesStopsNoOther() async throws {
        for number in 0..<5 { try album.write("\(number).jpg") }
        let (report, progress) = try await run(through: House([.changed, .answer(500)]))
        #expect(report.new == 3)
        #expect(Set(report.failed.map(\.code)) == ["changed", "provoked"])
        #expect(progress.finished == 5)
    }

    @Test func itStopsWhenItIsAskedTo() async throws {
        for number in 0..<20 { try album.write("\(number).jpg") }
        let house = House()
        let tally = ImportTally()
        // Nobody looks at the photos, so this would wait for ever.
        let job = PhotoImport(try FolderWalk([album.path]), into: .incoming)
        let work = Task { () -> ImportStop? in
            do throws(ImportStop) { try await job.run(through: house, tally: tally) } catch { return error }
            return nil
        }
        while tally.report.new < 20 { await Task.yield() }
        work.cancel()
        #expect(await work.value == .cancelled)
        #expect(tally.report.waiting == 20)
        #expect(tally.report.new == 20)
    }
}
