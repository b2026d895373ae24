import Foundation
import Synchronization

/// Hears from the kernel (inotify) what changes in folders, and waits for it.
///
/// One folder at a time, without what is below it: whoever wants a tree listens to each folder of it. Changes that other
/// machines make on a network share are not heard.
public final class FolderEvents: Sendable {
    /// Why nothing can be heard at all; then waiting ends by time or by `wake` only.
    public let trouble: FolderEventsError?

    /// The kernel's queue, -1 where there is none.
    private let queue: Int32
    /// A pipe: what is written to its second end ends a wait.
    private let bell: [Int32]
    private let folders = Mutex<[Int32: [UInt8]]>([:])

    /// What is told of a folder. A symbolic link is no folder.
    private static let interest = UInt32(
        IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_DELETE_SELF
            | IN_MOVE_SELF | IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK)

    /// Starts to listen, to no folder yet; with `isDeaf`, it never will, and is there for its waiting.
    public init(isDeaf: Bool = false) {
        queue = isDeaf ? -1 : inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        trouble = queue < 0 && !isDeaf ? .last() : nil
        var ends: [Int32] = [-1, -1]
        if pipe(&ends) == 0 {
            for end in ends {
                _ = fcntl(end, F_SETFD, FD_CLOEXEC)
                _ = fcntl(end, F_SETFL, O_NONBLOCK)
            }
        }
        bell = ends
    }

    deinit {
        for descriptor in bell + [queue] where descriptor >= 0 { close(descriptor) }
    }

    /// How many folders are listened to.
    public var count: Int { folders.withLock { $0.count } }

    /// Listens to a folder from now on; doing so again changes nothing. Does nothing where nothing can be heard.
    public func listen(to folder: [UInt8]) throws(FolderEventsError) {
        guard queue >= 0 else { return }
        let path = folder.map(CChar.init(bitPattern:)) + [0]
        // Within the lock, so that no event of the folder is read before its path is known.
        let isHeard = folders.withLock { folders in
            let number = inotify_add_watch(queue, path, Self.interest)
            if number >= 0 { folders[number] = folder }
            return number >= 0
        }
        guard isHeard else { throw .last() }
    }

    /// Listens no longer to a folder and those below it.
    public func leave(_ folder: [UInt8]) {
        folders.withLock { folders in
            for (number, path) in folders where path == folder || path.starts(with: folder + [slash]) {
                inotify_rm_watch(queue, number)
                folders[number] = nil
            }
        }
    }

    /// Ends the wait of another thread, or the next one.
    public func wake() {
        _ = write(bell[1], [1], 1)
    }

    /// Waits until something happens, at most so long. Blocks its thread; one thread at a time.
    public func wait(atMost time: Duration) -> [FolderEvent] {
        let milliseconds = (max(.zero, min(time, .seconds(86_400))) / .milliseconds(1)).rounded(.up)
        var sources = [queue, bell[0]].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        guard poll(&sources, nfds_t(sources.count), Int32(milliseconds)) > 0 else { return [] }
        var rings = [UInt8](repeating: 0, count: 64)
        while read(bell[0], &rings, rings.count) > 0 {}
        return queue < 0 ? [] : events()
    }

    /// Everything that is in the kernel’s queue; of the same event many times in a row, one.
    private func events() -> [FolderEvent] {
        var events: [FolderEvent] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(queue, &buffer, buffer.count)
            guard count > 0 else { return events }
            buffer.withUnsafeBytes { bytes in
                for message in KernelMessages(bytes: UnsafeRawBufferPointer(rebasing: bytes[..<count])) {
                    guard let event = event(of: message), event != events.last else { continue }
                    events.append(event)
                }
            }
        }
    }

    private func event(of message: KernelMessages.Message) -> FolderEvent? {
        func tells(_ flags: Int32...) -> Bool { flags.contains { message.mask & UInt32($0) != 0 } }
        if tells(Int32(IN_Q_OVERFLOW)) { return .overflow }
        guard let folder = folders.withLock({ $0[message.folder] }) else { return nil }
        if tells(Int32(IN_IGNORED)) {
            folders.withLock { $0[message.folder] = nil }
            return nil
        }
        if tells(Int32(IN_UNMOUNT), Int32(IN_DELETE_SELF), Int32(IN_MOVE_SELF)) { return .lost(folder) }
        guard !message.name.isEmpty else { return nil }
        let path = (folder == [slash] ? [] : folder) + [slash] + message.name
        if tells(Int32(IN_ISDIR)) {
            // Where it was moved to, it is met as a new folder.
            if tells(Int32(IN_MOVED_FROM)) { leave(path) }
            return tells(Int32(IN_CREATE), Int32(IN_MOVED_TO), Int32(IN_ATTRIB)) ? .folder(path) : nil
        }
        if tells(Int32(IN_CLOSE_WRITE), Int32(IN_MOVED_TO)) { return .finished(path) }
        if tells(Int32(IN_MODIFY)) { return .writing(path) }
        if tells(Int32(IN_MOVED_FROM)) { return .left(path) }
        return tells(Int32(IN_DELETE)) ? .deleted(path) : .changed(path)
    }
}

let slash = UInt8(ascii: "/")
