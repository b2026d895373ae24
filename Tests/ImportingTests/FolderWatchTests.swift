import Domain
import Foundation
import Synchronization
import Testing

@testable import Importing

/// What becomes of files in a watched folder, through the real routes.
@Suite struct FolderWatchTests {
    private let album: Album
    private let journals: String

    init() throws {
        album = try Album()
        journals = try Album().path
    }

    /// A watch at work, and what it told.
    private final class Watching: Sendable {
        private let news = Mutex<[WatchNews]>([])
        private let work = Mutex<Task<Failure?, Never>?>(nil)

        init(_ watch: FolderWatch, through house: House, journals: String) {
            let task = Task { () -> Failure? in
                do throws(Failure) {
                    try await watch.run(through: house, journals: journals) { [self] told in
                        news.withLock { $0.append(told) }
                    }
                } catch {
                    return error
                }
                return nil
            }
            work.withLock { $0 = task }
        }

        var files: [WatchedFile] {
            news.withLock { $0 }.compactMap { if case .file(let file) = $0 { file } else { nil } }
        }

        var notices: [String] {
            news.withLock { $0 }.compactMap { if case .notice(let notice) = $0 { notice } else { nil } }
        }

        /// Each file with its end, as told.
        var ends: [String] { files.map { "\($0.path) \($0.outcome.rawValue)" } }

        /// Waits until something was told.
        func tells(_ end: String, times: Int = 1) async throws {
            try await until(end) { self.ends.count { $0 == end } >= times }
        }

        func until(_ what: String, _ condition: () -> Bool) async throws {
            let deadline = ContinuousClock.now + .seconds(30)
            while !condition() {
                try #require(ContinuousClock.now < deadline, "no “\(what)”, but \(ends) \(notices)")
                try await Task.sleep(for: .milliseconds(5))
            }
        }

        @discardableResult func stop() async -> Failure? {
            let task = work.withLock { $0 }
            task?.cancel()
            return await task?.value
        }
    }

    private func watch(
        _ house: House, hears: Bool = true, rescan: Double? = nil, mostWaiting: Int = 100
    ) throws -> Watching {
        var watch = try FolderWatch(album.path, into: .incoming, below: "p")
        watch.settleTime = .milliseconds(50)
        watch.hearsChanges = hears
        watch.rescanTime = rescan.map(Duration.seconds)
        watch.mostWaiting = mostWaiting
        return Watching(watch, through: house, journals: journals)
    }

    private func keys(_ house: House) async throws -> [String] {
        try await house.catalog.photos(matching: PhotoQuery(), after: nil, limit: 1000).photos
            .map(\.key.description).sorted()
    }

    @Test(arguments: [true, false]) func whatIsThereAndWhatComesIsBroughtInOnce(hears: Bool) async throws {
        try album.write("sub/old.jpg")
        let house = House()
        let watching = try watch(house, hears: hears, rescan: hears ? nil : 0.1)
        try await watching.tells("sub/old.jpg new")
        try album.write("a.jpg")
        try album.write("new/deep/b.jpg")
        try await watching.tells("a.jpg new")
        try await watching.tells("new/deep/b.jpg new")
        try album.write("a.jpg", Album.jpeg("other"))
        try await watching.tells("a.jpg replaced")
        await watching.stop()
        #expect(watching.ends.count == 4)
        #expect(try await keys(house) == ["p/a.jpg", "p/new/deep/b.jpg", "p/sub/old.jpg"])
        #expect(watching.files.first?.key?.description == "p/sub/old.jpg")
        // What was there from the start goes behind others, what comes goes with them.
        #expect(house.sent.map { $0.contains("priority=batch") } == [true, false, false, false])
    }

    @Test func whatSomebodyDeletedDoesNotComeBack() async throws {
        for name in ["a.jpg", "b.jpg"] { try album.write(name) }
        let house = House()
        let first = try watch(house)
        try await first.tells("a.jpg new")
        try await first.tells("b.jpg new")
        await first.stop()
        let key = try #require(PhotoKey("p/a.jpg"))
        let photo = try #require(await house.catalog.photo(in: .incoming, key: key))
        _ = await house.catalog.delete(photo.id)
        // Touched, or moved where nobody heard it: the same bytes.
        try FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: album.path + "/a.jpg")
        try FileManager.default.moveItem(atPath: album.path + "/b.jpg", toPath: album.path + "/c.jpg")

        let second = try watch(house, hears: false, rescan: 0.1)
        try await second.tells("c.jpg moved")
        try album.write("d.jpg")
        try await second.tells("d.jpg new")
        await second.stop()
        #expect(second.ends == ["c.jpg moved", "d.jpg new"])
        #expect(try await keys(house) == ["p/b.jpg", "p/d.jpg"])
    }

    @Test func aFileThatWasDeletedMayComeAgain() async throws {
        try album.write("a.jpg")
        let house = House()
        let watching = try watch(house)
        try await watching.tells("a.jpg new")
        try FileManager.default.removeItem(atPath: album.path + "/a.jpg")
        let key = try #require(PhotoKey("p/a.jpg"))
        let photo = try #require(await house.catalog.photo(in: .incoming, key: key))
        _ = await house.catalog.delete(photo.id)
        try album.write("a.jpg")
        try await watching.tells("a.jpg new", times: 2)
        await watching.stop()
    }

    @Test func aCopyIsAFileOfItsOwn() async throws {
        try album.write("a.jpg", Album.jpeg("same"))
        let house = House()
        let watching = try watch(house)
        try await watching.tells("a.jpg new")
        try album.write("b.jpg", Album.jpeg("same"))
        try await watching.tells("b.jpg new")
        // Also of one that has moved.
        try FileManager.default.moveItem(atPath: album.path + "/b.jpg", toPath: album.path + "/c.jpg")
        try await watching.tells("c.jpg moved")
        try album.write("d.jpg", Album.jpeg("same"))
        try await watching.tells("d.jpg new")
        await watching.stop()
    }

    @Test func whatWasThereBeforeTheJournalIsFoundThere() async throws {
        try album.write("a.jpg")
        let house = House()
        var before = PhotoImport(try FolderWalk([album.path]), into: .incoming, below: "p")
        before.waits = false
        try await before.run(through: house, tally: ImportTally())
        let watching = try watch(house)
        try await watching.tells("a.jpg present")
        await watching.stop()
        #expect(house.sent.count == 1)
    }

    @Test func whatIsNoPictureIsToldOnce() async throws {
        try album.write("notes.txt", Array("no picture".utf8))
        try album.write("large.jpg", Album.jpeg(String(repeating: "x", count: 1000)))
        for name in [".hidden.jpg", "a.jpg.part", "@eaDir/a.jpg"] { try album.write(name) }
        try album.link("link.jpg", to: "notes.txt")
        try album.write(nameOf: [0xFF], Album.jpeg("x"))
        let house = House()
        let watching = try watch(house, rescan: 0.1)
        for end in ["notes.txt leftOut", "large.jpg refused", "link.jpg leftOut", "� refused"] {
            try await watching.tells(end)
        }
        // A look through the folder later, they are told no more.
        try album.write("a.jpg")
        try await watching.tells("a.jpg new")
        try FileManager.default.moveItem(atPath: album.path + "/a.jpg.part", toPath: album.path + "/b.jpg")
        try await watching.tells("b.jpg new")
        #expect(watching.ends.count == 6)
        // Changed, it is another matter.
        try album.write("notes.txt")
        try await watching.tells("notes.txt new")
        await watching.stop()
        #expect(watching.ends.count == 7)
    }

    @Test func troubleIsWaitedOutHoweverLong() async throws {
        let house = House([.answer(507), .away, .answer(507), .answer(429, retryAfter: 1), .answer(503)])
        try album.write("a.jpg")
        let watching = try watch(house)
        try await watching.tells("a.jpg new")
        try album.write("b.jpg")
        try await watching.tells("b.jpg new")
        await watching.stop()
        #expect(watching.notices.contains { $0.contains("provoked") })
        #expect(watching.notices.contains { $0.contains("queue is full") })
        #expect(watching.notices.last == "It goes on.")
        #expect(try await keys(house) == ["p/a.jpg", "p/b.jpg"])
    }

    @Test func oneFileThatFailsStopsNoOther() async throws {
        let house = House([.answer(500)])
        try album.write("a.jpg")
        let watching = try watch(house)
        try await watching.tells("a.jpg failed")
        try album.write("b.jpg")
        try await watching.tells("b.jpg new")
        // Something about it is new, so it is tried again.
        chmod(album.path + "/a.jpg", 0o640)
        try await watching.tells("a.jpg new")
        await watching.stop()
    }

    @Test func anAnswerThatIsLostDoesNotDoubleAPhoto() async throws {
        let house = House([.lost])
        try album.write("a.jpg")
        let watching = try watch(house)
        try await watching.tells("a.jpg new")
        await watching.stop()
        #expect(try await keys(house) == ["p/a.jpg"])
    }

    @Test func aFileThatSomebodyHasOpenToWriteIsWaitedFor() async throws {
        // Nothing is heard, so only a look at the file tells.
        let file = try #require(fopen(album.path + "/slow.jpg", "w"))
        fwrite(Album.jpeg("half"), 1, 8, file)
        fflush(file)
        try album.write("z.jpg")
        let house = House()
        let watching = try watch(house, hears: false, rescan: 0.1)
        try await watching.tells("z.jpg new")
        for name in ["1.jpg", "2.jpg"] {
            try album.write(name)
            try await watching.tells("\(name) new")
        }
        #expect(watching.ends.count == 3)
        fputs("whole", file)
        fclose(file)
        try await watching.tells("slow.jpg new")
        await watching.stop()
        let key = try #require(PhotoKey("p/slow.jpg"))
        #expect(await house.catalog.photo(in: .incoming, key: key)?.content.bytes == 13)
    }

    @Test func moreFilesThanMayWaitComeInTurn() async throws {
        for number in 0..<25 { try album.write("\(number).jpg") }
        let house = House()
        let watching = try watch(house, mostWaiting: 10)
        try await watching.until("25 files") { watching.ends.count == 25 }
        await watching.stop()
        #expect(try await keys(house).count == 25)
    }

    @Test func aFolderThatGoesIsWaitedFor() async throws {
        try album.write("a.jpg")
        let house = House()
        let watching = try watch(house, rescan: 0.2)
        try await watching.tells("a.jpg new")
        try FileManager.default.moveItem(atPath: album.path, toPath: album.path + ".away")
        try await watching.until("notice") { watching.notices.contains { $0.contains("is not there now") } }
        try FileManager.default.moveItem(atPath: album.path + ".away", toPath: album.path)
        try await watching.until("notice") { watching.notices.contains { $0.contains("is there again") } }
        try album.write("b.jpg")
        try await watching.tells("b.jpg new")
        await watching.stop()
        #expect(watching.ends == ["a.jpg new", "b.jpg new"])
        #expect(watching.notices.count == 2)
    }

    @Test func aDataFolderBelowIsLeftAlone() async throws {
        let house = House()
        try album.write("data/fovea.lock")
        try album.write("data/originals/a.jpg")
        let watching = try watch(house)
        try await watching.tells("data leftOut")
        try album.write("data/b.jpg")
        // One that is made later, too.
        try album.write("later/fovea.lock")
        try album.write("z.jpg")
        try await watching.tells("z.jpg new")
        try album.write("later/c.jpg")
        try album.write("zz.jpg")
        try await watching.tells("zz.jpg new")
        await watching.stop()
        #expect(try await keys(house) == ["p/z.jpg", "p/zz.jpg"])
    }

    @Test func whatCannotBeginSaysWhy() async throws {
        let bucket = try #require(BucketName("elsewhere"))
        let watch = try FolderWatch(album.path, into: bucket)
        let failure = await #expect(throws: Failure.self) {
            try await watch.run(through: House(), journals: journals) { _ in }
        }
        #expect(failure?.message.contains("elsewhere") == true)
        #expect(throws: Failure.self) { try FolderWatch(album.path + "/none", into: .incoming) }
        try album.write("a.jpg")
        #expect(throws: Failure.self) { try FolderWatch(album.path + "/a.jpg", into: .incoming) }
        try album.write("data/fovea.lock")
        #expect(throws: Failure.self) { try FolderWatch(album.path + "/data", into: .incoming) }
    }
}
