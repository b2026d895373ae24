import Domain
import Foundation
import Testing

@testable import Importing

/// What goes wrong in a watched folder, or is not to be brought in.
@Suite struct FolderWatchTroubleTests {
    private let watched: WatchedAlbum

    init() throws {
        watched = try WatchedAlbum()
    }

    @Test func whatIsNoPictureIsToldOnce() async throws {
        try watched.album.write("notes.txt", Array("no picture".utf8))
        try watched.album.write("large.jpg", Album.jpeg(String(repeating: "x", count: 1000)))
        for name in [".hidden.jpg", "a.jpg.part", "@eaDir/a.jpg"] { try watched.album.write(name) }
        try watched.album.link("link.jpg", to: "notes.txt")
        try watched.album.write(nameOf: [0xFF], Album.jpeg("x"))
        let house = House()
        let watching = try watched.watch(house, rescan: 0.1)
        for end in ["notes.txt leftOut", "large.jpg refused", "link.jpg leftOut", "� refused"] {
            try await watching.tells(end)
        }
        // A look through the folder later, they are told no more.
        try watched.album.write("a.jpg")
        try await watching.tells("a.jpg new")
        try FileManager.default.moveItem(
            atPath: watched.album.path + "/a.jpg.part", toPath: watched.album.path + "/b.jpg")
        try await watching.tells("b.jpg new")
        #expect(watching.ends.count == 6)
        // Changed, it is another matter.
        try watched.album.write("notes.txt")
        try await watching.tells("notes.txt new")
        await watching.stop()
        #expect(watching.ends.count == 7)
    }

    @Test func troubleIsWaitedOutHoweverLong() async throws {
        let house = House([.answer(507), .away, .answer(507), .answer(429, retryAfter: 1), .answer(503)])
        try watched.album.write("a.jpg")
        let watching = try watched.watch(house)
        try await watching.tells("a.jpg new")
        try watched.album.write("b.jpg")
        try await watching.tells("b.jpg new")
        await watching.stop()
        #expect(watching.notices.contains { $0.contains("provoked") })
        #expect(watching.notices.contains { $0.contains("queue is full") })
        #expect(watching.notices.last == "It goes on.")
        #expect(try await house.keys() == ["p/a.jpg", "p/b.jpg"])
    }

    @Test func oneFileThatFailsStopsNoOther() async throws {
        let house = House([.answer(500)])
        try watched.album.write("a.jpg")
        let watching = try watched.watch(house)
        try await watching.tells("a.jpg failed")
        try watched.album.write("b.jpg")
        try await watching.tells("b.jpg new")
        // Something about it is new, so it is tried again.
        chmod(watched.album.path + "/a.jpg", 0o640)
        try await watching.tells("a.jpg new")
        await watching.stop()
    }

    @Test func anAnswerThatIsLostDoesNotDoubleAPhoto() async throws {
        let house = House([.lost])
        try watched.album.write("a.jpg")
        let watching = try watched.watch(house)
        try await watching.tells("a.jpg new")
        await watching.stop()
        #expect(try await house.keys() == ["p/a.jpg"])
    }

    @Test func aFileThatSomebodyHasOpenToWriteIsWaitedFor() async throws {
        // Nothing is heard, so only a look at the file tells.
        let file = try #require(fopen(watched.album.path + "/slow.jpg", "w"))
        fwrite(Album.jpeg("half"), 1, 8, file)
        fflush(file)
        try watched.album.write("z.jpg")
        let house = House()
        let watching = try watched.watch(house, hears: false, rescan: 0.1)
        try await watching.tells("z.jpg new")
        for name in ["1.jpg", "2.jpg"] {
            try watched.album.write(name)
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

    @Test func aFolderThatGoesIsWaitedFor() async throws {
        try watched.album.write("a.jpg")
        let house = House()
        let watching = try watched.watch(house, rescan: 0.2)
        try await watching.tells("a.jpg new")
        try FileManager.default.moveItem(atPath: watched.album.path, toPath: watched.album.path + ".away")
        try await watching.until("notice") { watching.notices.contains { $0.contains("is not there now") } }
        try FileManager.default.moveItem(atPath: watched.album.path + ".away", toPath: watched.album.path)
        try await watching.until("notice") { watching.notices.contains { $0.contains("is there again") } }
        try watched.album.write("b.jpg")
        try await watching.tells("b.jpg new")
        await watching.stop()
        #expect(watching.ends == ["a.jpg new", "b.jpg new"])
        #expect(watching.notices.count == 2)
    }

    @Test func aDataFolderBelowIsLeftAlone() async throws {
        let house = House()
        try watched.album.write("data/fovea.lock")
        try watched.album.write("data/originals/a.jpg")
        let watching = try watched.watch(house)
        try await watching.tells("data leftOut")
        try watched.album.write("data/b.jpg")
        // One that is made later, too.
        try watched.album.write("later/fovea.lock")
        try watched.album.write("z.jpg")
        try await watching.tells("z.jpg new")
        try watched.album.write("later/c.jpg")
        try watched.album.write("zz.jpg")
        try await watching.tells("zz.jpg new")
        await watching.stop()
        #expect(try await house.keys() == ["p/z.jpg", "p/zz.jpg"])
    }

    @Test func whatCannotBeginSaysWhy() async throws {
        let bucket = try #require(BucketName("elsewhere"))
        let watch = try FolderWatch(watched.album.path, into: bucket)
        let failure = await #expect(throws: Failure.self) {
            try await watch.run(through: House(), journals: watched.journals) { _ in }
        }
        #expect(failure?.message.contains("elsewhere") == true)
        #expect(throws: Failure.self) { try FolderWatch(watched.album.path + "/none", into: .incoming) }
        try watched.album.write("a.jpg")
        #expect(throws: Failure.self) { try FolderWatch(watched.album.path + "/a.jpg", into: .incoming) }
        try watched.album.write("data/fovea.lock")
        #expect(throws: Failure.self) { try FolderWatch(watched.album.path + "/data", into: .incoming) }
    }
}
