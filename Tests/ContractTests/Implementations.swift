import Domain
import Foundation
import LocalStore
import Synchronization
import Testing

/// All that one catalogue is.
typealias Store = AlertStore & Catalog & EventLog & JobQueue & Outbox & ReanalysisStore & ResultTable & SearchIndex
    & TeachingStore & UsageStore

/// Everything that implements the protocols of stores. A new implementation is a new case, and all contracts hold it.
enum Implementation: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case memory, local

    var testDescription: String { rawValue }

    /// A catalogue with nothing in it, on its own clock.
    func catalog(clock: TestClock = TestClock()) throws -> any Store {
        switch self {
        case .memory: InMemoryCatalog(now: { clock.now })
        case .local: try LocalCatalog(path: try scratchFolder() + "/catalog.sqlite", now: { clock.now })
        }
    }

    /// An object store with nothing in it.
    func objects() throws -> any ObjectStore {
        switch self {
        case .memory: InMemoryObjectStore()
        case .local: try LocalObjectStore(root: try scratchFolder())
        }
    }

    private func scratchFolder() throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("fovea-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder.path
    }
}

/// A clock that stands still until it is moved.
final class TestClock: Sendable {
    private let time = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

    var now: Date { time.withLock { $0 } }

    func advance(by seconds: TimeInterval) {
        time.withLock { $0 += seconds }
    }
}

/// Photos to put in.
enum Sample {
    static func photo(_ key: String, bytes: Int = 3, sha256: String = "aa", at time: Date = Date()) throws -> Photo {
        let id = PhotoID(at: time)
        return Photo(
            id: id, bucket: .incoming, key: try #require(PhotoKey(key)),
            content: .init(bytes: bytes, sha256: sha256), createdAt: id.time)
    }

    static func findings(_ labels: [(String, Double)]) -> Findings {
        Findings(
            picture: PictureFacts(width: 4, height: 3, format: .jpeg),
            analysis: Analysis(
                states: [.labels: .done], labels: labels.map { Label(name: $0.0, confidence: $0.1) },
                models: ["labels": "test@1"]))
    }
}

extension Catalog where Self: JobQueue {
    /// Puts a photo in and settles it with labels.
    func addAnalysed(_ photo: Photo, labels: [(String, Double)]) async throws {
        _ = try await admit(photo)
        let lease = try #require(try await lease(for: .seconds(60)))
        #expect(try await settle(lease, as: .analysed(Sample.findings(labels))))
    }
}

extension Catalog {
    /// Puts a photo in as one of many that nobody waits for.
    func admit(_ photo: Photo) async throws(StoreError) -> Admission {
        try await admit(photo, priority: .ordinary)
    }
}
