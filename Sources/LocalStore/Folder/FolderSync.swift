import Domain
import Foundation

/// Makes the names in a folder durable: a file or folder that is new or was renamed survives a power cut only once the
/// folder around it is synced.
func sync(folder: String) throws(StoreError) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw StoreError(system: "open", folder) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw StoreError(system: "sync", folder) }
}
