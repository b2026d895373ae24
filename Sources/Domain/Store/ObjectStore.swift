public import Foundation

/// Keeps the bytes: originals and what is derived from them. One object a photo and kind; nothing is shared, so that
/// deleting is simple and provable.
public protocol ObjectStore: Sendable {
    /// Begins a new object. Nothing of it can be seen until it is committed.
    func stage() async throws(StoreError) -> any StagedObject

    /// Opens an object for reading; `nil` when there is none.
    func open(_ key: ObjectKey) async throws(StoreError) -> OpenFile?

    /// Removes an object; no error when there is none.
    func remove(_ key: ObjectKey) async throws(StoreError)

    /// Removes everything of one photo for good: once this returns, nothing of it comes back, not even after a power cut.
    func erase(_ photo: PhotoID) async throws(StoreError)

    /// The photos that have any object here and whose ids were made before `time`: what a sweep for strays looks at.
    func photos(before time: Date) async throws(StoreError) -> Set<PhotoID>

    /// How many bytes more can be stored; `nil` where there is no such limit.
    func freeBytes() async throws(StoreError) -> Int?
}

/// An object on its way in.
public protocol StagedObject: Sendable {
    /// Adds bytes at the end.
    func append(_ bytes: [UInt8]) async throws(StoreError)

    /// Makes the object durable under its key, in one step: after a crash it is there whole or not at all.
    /// An object already there is replaced.
    func commit(as key: ObjectKey) async throws(StoreError)

    /// Forgets the object; no error when it was committed or discarded already.
    func discard() async
}

/// Names one object: of which photo, and which of its kinds.
public struct ObjectKey: Hashable, Sendable {
    /// Whose it is.
    public let photo: PhotoID
    /// Which it is.
    public let kind: Kind

    /// Names an object.
    public init(_ photo: PhotoID, _ kind: Kind) {
        self.photo = photo
        self.kind = kind
    }

    /// The kinds of objects a photo has.
    public enum Kind: String, Sendable, CaseIterable {
        /// The bytes as they came.
        case original
        /// A WebP of 256 pixels on the longest side.
        case thumbnail256
        /// A WebP of 1,440 pixels on the longest side or, of a smaller picture, its own size; made when first asked for.
        case thumbnail1440
    }
}

extension ObjectStore {
    /// Stores bytes that are at hand.
    public func put(_ bytes: [UInt8], as key: ObjectKey) async throws(StoreError) {
        let staged = try await stage()
        do throws(StoreError) {
            try await staged.append(bytes)
            try await staged.commit(as: key)
        } catch {
            await staged.discard()
            throw error
        }
    }

    /// What is stored of one photo.
    public func kinds(of photo: PhotoID) async throws(StoreError) -> [ObjectKey.Kind] {
        var kinds: [ObjectKey.Kind] = []
        for kind in ObjectKey.Kind.allCases where try await open(ObjectKey(photo, kind)) != nil { kinds.append(kind) }
        return kinds
    }

    /// Removes everything of one photo.
    public func removeAll(of photo: PhotoID) async throws(StoreError) {
        for kind in ObjectKey.Kind.allCases {
            try await remove(ObjectKey(photo, kind))
        }
    }
}
