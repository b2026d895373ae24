import Foundation
import Testing

@testable import FolderEvents

/// What the kernel tells of real folders.
@Suite struct FolderEventsTests {
    private let root: String
    private let events = FolderEvents()

    init() throws {
        root = FileManager.default.temporaryDirectory.appending(path: "events-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        try events.listen(to: Array(root.utf8))
    }

    private func path(_ name: String) -> [UInt8] { Array("\(root)/\(name)".utf8) }

    /// What is told until the given event is among it.
    private func told(until last: FolderEvent) throws -> [FolderEvent] {
        let deadline = ContinuousClock.now + .seconds(20)
        var all: [FolderEvent] = []
        while !all.contains(last) {
            try #require(ContinuousClock.now < deadline, "\(last) was never told, but \(all)")
            all += events.wait(atMost: .seconds(20))
        }
        return all
    }

    @Test func aFileThatIsWrittenAndClosed() throws {
        let handle = try #require(fopen("\(root)/a.jpg", "w"))
        fputs("half", handle)
        fflush(handle)
        #expect(try told(until: .writing(path("a.jpg"))) == [.changed(path("a.jpg")), .writing(path("a.jpg"))])
        fputs("whole", handle)
        fclose(handle)
        #expect(try told(until: .finished(path("a.jpg"))).last == .finished(path("a.jpg")))
    }

    @Test func whatIsMovedAndDeleted() throws {
        let elsewhere = root + ".elsewhere"
        try Data("x".utf8).write(to: URL(filePath: elsewhere))
        try FileManager.default.moveItem(atPath: elsewhere, toPath: "\(root)/in.jpg")
        #expect(try told(until: .finished(path("in.jpg"))) == [.finished(path("in.jpg"))])
        try FileManager.default.moveItem(atPath: "\(root)/in.jpg", toPath: elsewhere)
        #expect(try told(until: .left(path("in.jpg"))) == [.left(path("in.jpg"))])
        try FileManager.default.moveItem(atPath: elsewhere, toPath: "\(root)/in.jpg")
        try FileManager.default.removeItem(atPath: "\(root)/in.jpg")
        #expect(try told(until: .deleted(path("in.jpg"))).last == .deleted(path("in.jpg")))
    }

    @Test func foldersAreToldAndNotListenedToByThemselves() throws {
        let sub = "\(root)/sub"
        try FileManager.default.createDirectory(atPath: sub, withIntermediateDirectories: true)
        #expect(try told(until: .folder(path("sub"))) == [.folder(path("sub"))])
        try Data("x".utf8).write(to: URL(filePath: "\(sub)/unheard"))
        try events.listen(to: path("sub"))
        #expect(events.count == 2)
        unlink("\(sub)/unheard")
        #expect(try told(until: .deleted(path("sub/unheard"))) == [.deleted(path("sub/unheard"))])

        // Moved away, it is not heard; and under its new name once that is listened to.
        try FileManager.default.moveItem(atPath: sub, toPath: "\(root)/new")
        _ = try told(until: .folder(path("new")))
        #expect(events.count == 1)
        try events.listen(to: path("new"))
        try Data("x".utf8).write(to: URL(filePath: "\(root)/new/b"))
        #expect(try told(until: .finished(path("new/b"))).contains(.finished(path("new/b"))))
        events.leave(Array(root.utf8))
        #expect(events.count == 0)
    }

    @Test func aFolderThatGoesIsTold() throws {
        try FileManager.default.removeItem(atPath: root)
        #expect(try told(until: .lost(Array(root.utf8))) == [.lost(Array(root.utf8))])
        #expect(throws: FolderEventsError.self) { try events.listen(to: Array(root.utf8)) }
    }

    @Test func aWaitEndsWhenSomebodyWakesIt() {
        // Rung before or while it waits: either way it ends, long before its time.
        let start = ContinuousClock.now
        Thread.detachNewThread { [events] in events.wake() }
        #expect(events.wait(atMost: .seconds(3600)).isEmpty)
        #expect(ContinuousClock.now - start < .seconds(3000))
    }

    @Test func theDeafHearNothing() throws {
        let deaf = FolderEvents(isDeaf: true)
        try deaf.listen(to: Array(root.utf8))
        try Data("x".utf8).write(to: URL(filePath: "\(root)/a"))
        #expect(deaf.wait(atMost: .milliseconds(1)).isEmpty && deaf.count == 0 && deaf.trouble == nil)
    }

    @Test func moreThanTheKernelKeepsIsAnOverflow() throws {
        let text = try String(contentsOfFile: "/proc/sys/fs/inotify/max_queued_events", encoding: .utf8)
        let most = try #require(Int(text.trimmingCharacters(in: .whitespacesAndNewlines)))
        // Two in turn, so that the kernel cannot make one event of them.
        let files = ["\(root)/a", "\(root)/b"]
        for file in files { try Data().write(to: URL(filePath: file)) }
        for _ in 0...(most / 2) {
            for file in files { chmod(file, 0o600) }
        }
        #expect(try told(until: .overflow).last == .overflow)
    }

    @Test func aShareIsKnownByItsMount() {
        let mounts = """
            22 1 254:0 / / rw,relatime - ext4 /dev/root rw
            30 22 0:45 / /mnt/nas rw,relatime shared:5 - nfs4 nas:/photos rw,vers=4.2
            """
        #expect(NetworkShare.kind(of: .init(45), in: mounts) == "nfs4")
        #expect(NetworkShare.kind(of: .init(254 << 8), in: mounts) == nil)
        #expect(NetworkShare.kind(of: .init(7), in: mounts) == nil)
        #expect(NetworkShare.kind(of: Array("/tmp".utf8)) == nil)
    }
}
