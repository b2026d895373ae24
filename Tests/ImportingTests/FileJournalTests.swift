import Domain
import Foundation
import Testing

@testable import Importing

/// What is known of a watched folder after a restart, whatever happened to the file.
@Suite struct FileJournalTests {
    private let folder: String
    private let watched = Array("/home/ann/Pictures".utf8)

    init() throws {
        folder = try Album().path + "/watch"
    }

    private func opened(_ bucket: BucketName = .incoming) throws -> FileJournal {
        try FileJournal(in: folder, of: watched, into: bucket)
    }

    private func entry(_ number: Int) throws -> FileJournal.Entry {
        let digits = String(number, radix: 16)
        let hash = try #require(ContentHash(String(repeating: "0", count: 64 - digits.count) + digits))
        return FileJournal.Entry(stamp: FileStamp(size: number, modified: 1_763_737_391_123_456_789), hash: hash)
    }

    private func path(_ name: String) -> [UInt8] { Array(name.utf8) }

    private var file: URL {
        get throws {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            return URL(filePath: folder + "/" + (try #require(names.first { $0.hasSuffix(".journal") })))
        }
    }

    @Test func whatWasAddedIsThereAfterARestart() throws {
        try {
            let journal = try opened()
            #expect(journal.count == 0)
            try journal.add(path("beach/ä b.jpg"), entry(7))
            try journal.add(path("c.jpg"), entry(8))
            try journal.add(path("c.jpg"), entry(9))
            try journal.add(path("d.jpg"), entry(9))
            try journal.forget(path("d.jpg"))
            try journal.forget(path("never there"))
        }()
        let again = try opened()
        #expect(again.count == 2)
        #expect(again[path("beach/ä b.jpg")] == (try entry(7)))
        #expect(again[path("c.jpg")] == (try entry(9)))
        #expect(again[path("d.jpg")] == nil)
        #expect(again.paths(ofSize: 9) == [path("c.jpg")] && again.paths(ofSize: 8).isEmpty)
    }

    @Test func everyTornEndLosesOneLineAtMost() throws {
        try {
            let journal = try opened()
            for number in 1...3 { try journal.add(path("\(number).jpg"), entry(number)) }
        }()
        let file = try file
        let whole = try Data(contentsOf: file)
        let lines = whole.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let last = lines[3].count + 1
        for cut in 1...last {
            try whole.dropLast(cut).write(to: file)
            let journal = try opened()
            #expect(journal.count == 2 && journal[path("3.jpg")] == nil)
            try journal.add(path("4.jpg"), entry(4))
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.hasSuffix(" 4.jpg\n") && text.split(separator: "\n").count == 4)
        }
        // Also the title.
        try whole.prefix(5).write(to: file)
        #expect(try opened().count == 0)
        #expect(try opened().count == 0)
    }

    @Test func linesWithoutSenseAreSkipped() throws {
        try { try opened().add(path("a.jpg"), entry(1)) }()
        let file = try file
        var bytes = try Data(contentsOf: file)
        bytes.append(contentsOf: [0, 0, 0, 0xFF, UInt8(ascii: "\n")])
        bytes.append(Data("+ 1 2 3 b.jpg\n+ x y z\n\n".utf8))
        try bytes.write(to: file)
        let journal = try opened()
        #expect(journal.count == 1 && journal[path("a.jpg")] != nil)
    }

    @Test func itIsRewrittenWhenMostOfItIsOutdated() throws {
        try {
            let journal = try opened()
            for number in 1...1500 { try journal.add(path("a.jpg"), entry(number)) }
            try journal.add(path("b.jpg"), entry(7))
        }()
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.count < 600)
        let journal = try opened()
        #expect(journal.count == 2)
        #expect(journal[path("a.jpg")] == (try entry(1500)))
    }

    @Test func aFolderAndBucketHaveOneWatch() throws {
        let first = try opened()
        let failure = #expect(throws: Failure.self) { try opened() }
        #expect(failure?.message.contains("Another `fovea watch`") == true)
        try first.add(path("a.jpg"), entry(1))
        // Another bucket knows nothing of it.
        let other = try opened(#require(BucketName("other")))
        #expect(other.count == 0)
    }

    @Test func itIsHeldAfterItWasRewritten() throws {
        let first = try opened()
        for number in 1...1500 { try first.add(path("a.jpg"), entry(number)) }
        #expect(throws: Failure.self) { try opened() }
    }

    @Test func whatCannotBeWrittenIsWrittenLater() throws {
        let journal = try opened()
        try journal.add(path("a.jpg"), entry(1))
        // In place of the journal's descriptor one that cannot be written.
        let file = try file.path
        let open = try #require(
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap(Int32.init).first {
                (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == file
            })
        let mute = Foundation.open(file, O_RDONLY | O_CLOEXEC)
        dup2(mute, open)
        close(mute)
        let failure = Result { try journal.add(path("b.jpg"), entry(2)) }
        #expect(throws: Failure.self) { try failure.get() }
        #expect(journal[path("b.jpg")] == (try entry(2)))
        try journal.add(path("c.jpg"), entry(3))
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text.split(separator: "\n").count == 4)
        #expect(["a.jpg\n", "b.jpg\n", "c.jpg\n"].allSatisfy(text.contains))
    }

    @Test func aHashIsItsDigits() {
        let digits = "00000000000000010203040506070809ffffffffffffffff596aa1e7596aa1e7"
        #expect(ContentHash(digits)?.description == digits)
        #expect(ContentHash(digits.dropLast() + "g") == nil)
        #expect(ContentHash(String(digits.dropLast())) == nil)
        #expect(ContentHash("+" + digits.dropFirst()) == nil)
    }
}
