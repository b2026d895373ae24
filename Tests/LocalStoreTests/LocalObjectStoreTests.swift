import Domain
import Foundation
import LocalStore
import Testing

/// What is particular to files; what every object store does is in ContractTests.
@Suite struct LocalObjectStoreTests {
    private let root = FileManager.default.temporaryDirectory.path + "/fovea-\(UUID().uuidString)"

    private func files() -> [String] {
        (FileManager.default.enumerator(atPath: root)?.allObjects as? [String] ?? []).filter {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: root + "/" + $0, isDirectory: &isFolder)
            return !isFolder.boolValue
        }
    }

    @Test func whatWasOnItsWayInWhenTheOwnerDiedIsRemoved() async throws {
        let store = try LocalObjectStore(root: root)
        let staged = try await store.stage()
        try await staged.append([1, 2, 3])
        #expect(files().count == 1)
        _ = try LocalObjectStore(root: root)
        #expect(files().isEmpty)
    }

    @Test func anAbandonedObjectRemovesItself() async throws {
        let store = try LocalObjectStore(root: root)
        do {
            let staged = try await store.stage()
            try await staged.append([1])
        }
        for _ in 0..<1000 where !files().isEmpty { await Task.yield() }
        #expect(files().isEmpty)
    }

    @Test func filesAreNamedByIDAndSpread() async throws {
        let store = try LocalObjectStore(root: root)
        let id = PhotoID()
        for kind in ObjectKey.Kind.allCases { try await store.put([1], as: ObjectKey(id, kind)) }
        let folder = id.description.suffix(2)
        let thumbnail = "thumbnails/\(folder)/\(id)"
        #expect(Set(files()) == ["originals/\(folder)/\(id)", thumbnail + ".256.webp", thumbnail + ".1440.webp"])
    }
}
