import Domain
import Foundation
import LocalStore
import Testing

@Suite struct DataFolderTests {
    private let path = FileManager.default.temporaryDirectory.path + "/fovea-\(UUID().uuidString)/deep/er"

    @Test func aFolderIsMadePrivateAndHasOneOwner() throws {
        var folder: DataFolder? = try DataFolder(path: path)
        #expect(folder?.catalogPath == path + "/catalog.sqlite")
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o700)
        let refusal = #expect(throws: StoreError.self) { try DataFolder(path: path) }
        #expect(refusal?.kind == .inUse)
        #expect(refusal?.description.contains("--data") == true)
        folder = nil
        #expect(throws: Never.self) { try DataFolder(path: path) }
    }

    @Test func aFolderThatCannotBeMadeIsNamed() {
        let refusal = #expect(throws: StoreError.self) { try DataFolder(path: "/proc/nowhere") }
        #expect(refusal?.description.contains("/proc/nowhere") == true)
    }
}
