public import Foundation

/// Objects in memory: what the contract means, in the fewest lines. For tests.
public actor InMemoryObjectStore: ObjectStore {
    private var objects: [ObjectKey: [UInt8]] = [:]

    /// Starts empty.
    public init() {}

    /// Begins an object.
    public func stage() async -> any StagedObject {
        Staged(store: self)
    }

    /// Opens an object as a file without a name.
    public func open(_ key: ObjectKey) throws(StoreError) -> OpenFile? {
        guard let bytes = objects[key] else { return nil }
        let file = tmpfile()
        defer { if let file { fclose(file) } }
        guard let file, fwrite(bytes, 1, bytes.count, file) == bytes.count, fflush(file) == 0 else {
            throw StoreError(.unavailable, "cannot make a temporary file")
        }
        return OpenFile(owning: dup(fileno(file)), size: bytes.count)
    }

    /// There is no limit.
    public func freeBytes() -> Int? { nil }

    /// Forgets an object.
    public func remove(_ key: ObjectKey) {
        objects[key] = nil
    }

    /// Forgets all objects of a photo.
    public func erase(_ photo: PhotoID) {
        objects = objects.filter { $0.key.photo != photo }
    }

    /// The photos that have objects.
    public func photos(before time: Date) -> Set<PhotoID> {
        Set(objects.keys.map(\.photo).filter { $0.time < time })
    }

    fileprivate func keep(_ bytes: [UInt8], as key: ObjectKey) {
        objects[key] = bytes
    }

    private actor Staged: StagedObject {
        private let store: InMemoryObjectStore
        private var bytes: [UInt8] = []

        init(store: InMemoryObjectStore) {
            self.store = store
        }

        func append(_ bytes: [UInt8]) {
            self.bytes += bytes
        }

        func commit(as key: ObjectKey) async {
            await store.keep(bytes, as: key)
        }

        func discard() {
            bytes = []
        }
    }
}
