import Domain
import Foundation
import Synchronization
import Testing

@testable import Importing

/// A watch at work, and what it told.
final class Watching: Sendable {
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

/// An album that a test watches.
struct WatchedAlbum {
    let album: Album
    let journals: String

    init() throws {
        album = try Album()
        journals = try Album().path
    }

    func watch(
        _ house: House, hears: Bool = true, rescan: Double? = nil, mostWaiting: Int = 100
    ) throws -> Watching {
        var watch = try FolderWatch(album.path, into: .incoming, below: "p")
        watch.settleTime = .milliseconds(50)
        watch.hearsChanges = hears
        watch.rescanTime = rescan.map(Duration.seconds)
        watch.mostWaiting = mostWaiting
        return Watching(watch, through: house, journals: journals)
    }
}

extension House {
    /// The keys of all photos.
    func keys() async throws -> [String] {
        try await catalog.photos(matching: PhotoQuery(), after: nil, limit: 1000).photos.map(\.key.description).sorted()
    }
}
