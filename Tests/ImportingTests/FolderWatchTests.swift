import Domain
import Foundation
import Testing

@testable import Importing

/// What comes into a watched folder is brought in once, through the real routes.
@Suite struct FolderWatchTests {
    private let watched: WatchedAlbum

    init() throws {
        watched = try WatchedAlbum()
    }

    @Test(arguments: [true, false]) func whatIsThereAndWhatComesIsBroughtInOnce(hears: Bool) async throws {
        try watched.album.write("sub/old.jpg")
        let house = House()
        let watching = try watched.watch(house, hears: hears, rescan: hears ? nil : 0.1)
        try await watching.tells("sub/old.jpg new")
        try watched.album.write("a.jpg")
        try watched.album.write("new/deep/b.jpg")
        try await watching.tells("a.jpg new")
        try await watching.tells("new/deep/b.jpg new")
        try watched.album.write("a.jpg", Album.jpeg("other"))
        try await watching.tells("a.jpg replaced")
        await watching.stop()
        #expect(watching.ends.count == 4)
        #expect(try await house.keys() == ["p/a.jpg", "p/new/deep/b.jpg", "p/sub/old.jpg"])
        #expect(watching.files.first?.key?.description == "p/sub/old.jpg")
        // What was there from the start goes behind others, what comes goes with them.
        #expect(house.sent.map { $0.contains("priority=batch") } == [true, false, false, false])
    }

    @Test func whatSomebodyDeletedDoesNotComeBack() async throws {
        for name in ["a.jpg", "b.jpg"] { try watched.album.write(name) }
        let house = House()
        let first = try watched.watch(house)
        try await first.tells("a.jpg new")
        try await first.tells("b.jpg new")
        await first.stop()
        let key = try #require(PhotoKey("p/a.jpg"))
        let photo = try #require(await house.catalog.photo(in: .incoming, key: key))
        _ = await house.catalog.delete(photo.id)
        // Touched, or moved where nobody heard it: the same bytes.
        try FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: watched.album.path + "/a.jpg")
        try FileManager.default.moveItem(atPath: watched.album.path + "/b.jpg", toPath: watched.album.path + "/c.jpg")

        let second = try watched.watch(house, hears: false, rescan: 0.1)
        try await second.tells("c.jpg moved")
        try watched.album.write("d.jpg")
        try await second.tells("d.jpg new")
        await second.stop()
        #expect(second.ends == ["c.jpg moved", "d.jpg new"])
        #expect(try await house.keys() == ["p/b.jpg", "p/d.jpg"])
    }

    @Test func aFileThatWasDeletedMayComeAgain() async throws {
        try watched.album.write("a.jpg")
        let house = House()
        let watching = try watched.watch(house)
        try await watching.tells("a.jpg new")
        try FileManager.default.removeItem(atPath: watched.album.path + "/a.jpg")
        let key = try #require(PhotoKey("p/a.jpg"))
        let photo = try #require(await house.catalog.photo(in: .incoming, key: key))
        _ = await house.catalog.delete(photo.id)
        try watched.album.write("a.jpg")
        try await watching.tells("a.jpg new", times: 2)
        await watching.stop()
    }

    @Test func aCopyIsAFileOfItsOwn() async throws {
        try watched.album.write("a.jpg", Album.jpeg("same"))
        let house = House()
        let watching = try watched.watch(house)
        try await watching.tells("a.jpg new")
        try watched.album.write("b.jpg", Album.jpeg("same"))
        try await watching.tells("b.jpg new")
        // Also of one that has moved.
        try FileManager.default.moveItem(atPath: watched.album.path + "/b.jpg", toPath: watched.album.path + "/c.jpg")
        try await watching.tells("c.jpg moved")
        try watched.album.write("d.jpg", Album.jpeg("same"))
        try await watching.tells("d.jpg new")
        await watching.stop()
    }

    @Test func whatWasThereBeforeTheJournalIsFoundThere() async throws {
        try watched.album.write("a.jpg")
        let house = House()
        var before = PhotoImport(try FolderWalk([watched.album.path]), into: .incoming, below: "p")
        before.waits = false
        try await before.run(through: house, tally: ImportTally())
        let watching = try watched.watch(house)
        try await watching.tells("a.jpg present")
        await watching.stop()
        #expect(house.sent.count == 1)
    }

    @Test func moreFilesThanMayWaitComeInTurn() async throws {
        for number in 0..<25 { try watched.album.write("\(number).jpg") }
        let house = House()
        let watching = try watched.watch(house, mostWaiting: 10)
        try await watching.until("25 files") { watching.ends.count == 25 }
        await watching.stop()
        #expect(try await house.keys().count == 25)
    }
}
