import Domain
import Foundation
import Synchronization
import Testing

@testable import Importing

@Suite struct FolderWalkTests {
    private let album: Album

    init() throws {
        album = try Album()
    }

    /// The files below the paths, from the album on, and what was left out by code.
    private func walk(_ paths: String...) throws -> (files: [String], leftOut: [String: String]) {
        var files: [String] = []
        var leftOut: [String: String] = [:]
        for step in try FolderWalk(paths.isEmpty ? [album.path] : paths) {
            switch step {
            case .file(let file): files.append(String(file.path.dropFirst(album.path.count + 1)))
            case .leftOut(let path, let reason), .unreadable(let path, let reason):
                leftOut[String(path.dropFirst(album.path.count + 1))] = reason.code.rawValue
            }
        }
        return (files, leftOut)
    }

    @Test func filesComeInTheOrderOfTheirBytes() throws {
        for name in ["b/2.jpg", "b/10.jpg", "a.jpg", "B.jpg", "b.jpg", "é.jpg", "b/c/deep.jpg"] {
            try album.write(name)
        }
        #expect(try walk().files == ["B.jpg", "a.jpg", "b/10.jpg", "b/2.jpg", "b/c/deep.jpg", "b.jpg", "é.jpg"])
    }

    @Test func whatIsHiddenOrKeptByOthersIsLeftOut() throws {
        for name in ["a.jpg", ".secret.jpg", ".cache/b.jpg", "sub/@eaDir/c.jpg", "sub/.thumbnails/d.jpg"] {
            try album.write(name)
        }
        let found = try walk()
        #expect(found.files == ["a.jpg"])
        #expect(
            found.leftOut == [
                ".secret.jpg": "hidden", ".cache": "hidden", "sub/@eaDir": "copies", "sub/.thumbnails": "copies",
            ])
    }

    @Test func whatIsNotAllThereByItsNameIsLeftOut() throws {
        for name in ["a.jpg", "part.jpg", "part", "b.jpg.part", "c.jpg.crdownload", "d.TMP", "tmp/e.jpg"] {
            try album.write(name)
        }
        let found = try walk()
        #expect(found.files == ["a.jpg", "part", "part.jpg", "tmp/e.jpg"])
        #expect(Set(found.leftOut.values) == ["unfinished"])
    }

    @Test func aPartOfATreeHasTheKeysOfTheWhole() throws {
        try album.write("sub/deep/a.jpg")
        let entered = Mutex<[String]>([])
        var walk = FolderWalk(part: Array("\(album.path)/sub".utf8), start: album.path.utf8.count + 1)
        walk.entering = { path in entered.withLock { $0.append(String(decoding: path, as: UTF8.self)) } }
        let keys = try walk.compactMap { step in
            guard case .file(let file) = step else { return nil as String? }
            return try file.key(below: "p").description
        }
        #expect(keys == ["p/sub/deep/a.jpg"])
        #expect(entered.withLock { $0 } == [album.path + "/sub", album.path + "/sub/deep"])
    }

    @Test func linksAreNotFollowedSoThereAreNoLoops() throws {
        try album.write("sub/a.jpg")
        try album.link("sub/up", to: "..")
        try album.link("copy.jpg", to: "sub/a.jpg")
        try album.link("nowhere.jpg", to: "gone")
        let found = try walk()
        #expect(found.files == ["sub/a.jpg"])
        #expect(found.leftOut == ["sub/up": "link", "copy.jpg": "link", "nowhere.jpg": "link"])
        // What is named is followed.
        #expect(try walk(album.path + "/sub/up", album.path + "/copy.jpg").files == ["sub/a.jpg"])
    }

    @Test func aFileIsMetOnceHoweverOftenItIsNamed() throws {
        try album.write("a/b/1.jpg")
        try album.write("a/2.jpg")
        let paths = [album.path, album.path + "/a/../a/b", album.path + "/a/b", album.path + "/a/2.jpg"]
        #expect(try walk(paths[0], paths[1], paths[2], paths[3]).files == ["a/b/1.jpg", "a/2.jpg"])
    }

    @Test func aDataFolderIsNotImportedIntoItself() throws {
        try album.write("a.jpg")
        try album.write("data/fovea.lock")
        try album.write("data/originals/00/x")
        let found = try walk()
        #expect(found.files == ["a.jpg"])
        #expect(found.leftOut == ["data": "data_folder"])
    }

    @Test func aPathThatLeadsNowhereIsAnError() throws {
        let failure = #expect(throws: Failure.self) { try FolderWalk([album.path + "/nothing"]) }
        #expect(failure?.message.contains("nothing") == true)
    }

    private func keys(below prefix: String?, _ path: String? = nil) throws -> [String] {
        try FolderWalk([path ?? album.path]).compactMap { step in
            guard case .file(let file) = step else { return nil }
            return try file.key(below: prefix).description
        }
    }

    @Test func aKeyIsThePathOrWhatStandsForIt() throws {
        try album.write("sub/ä b.jpg")
        #expect(try keys(below: nil) == [String(album.path.dropFirst()) + "/sub/ä b.jpg"])
        #expect(try keys(below: "family") == ["family/sub/ä b.jpg"])
        #expect(try keys(below: "") == ["sub/ä b.jpg"])
        #expect(try keys(below: "one", album.path + "/sub/ä b.jpg") == ["one/ä b.jpg"])
    }

    @Test(arguments: [[UInt8]([0x61, 0xFF, 0x62]), Array("new\nline".utf8)])
    func aNameThatIsNoKeyIsSaidToBe(_ name: [UInt8]) throws {
        try album.write(nameOf: name, Album.jpeg("x"))
        let failure = #expect(throws: Failure.self) { try keys(below: nil) }
        #expect(failure?.code == .unusableName)
    }

    @Test func aPathThatIsTooLongIsSaidToBe() throws {
        try album.write("a.jpg")
        let failure = #expect(throws: Failure.self) { try keys(below: String(repeating: "long", count: 256)) }
        #expect(failure?.message.contains("1024") == true)
    }
}
