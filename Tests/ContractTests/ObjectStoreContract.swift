import Domain
import Foundation
import Testing

@Suite("ObjectStore")
struct ObjectStoreContract {
    @Test("what was committed reads back, byte for byte", arguments: Implementation.allCases)
    func roundTrip(_ implementation: Implementation) async throws {
        let store = try implementation.objects()
        let key = ObjectKey(PhotoID(), .original)
        let staged = try await store.stage()
        try await staged.append([1, 2, 3])
        try await staged.append([UInt8](repeating: 9, count: 100_000))
        #expect(try await store.open(key) == nil, "seen before it was committed")
        try await staged.commit(as: key)
        #expect(try await store.bytes(of: key) == [1, 2, 3] + [UInt8](repeating: 9, count: 100_000))
    }

    @Test("a later object takes the place of an earlier one", arguments: Implementation.allCases)
    func replace(_ implementation: Implementation) async throws {
        let store = try implementation.objects()
        let key = ObjectKey(PhotoID(), .thumbnail256)
        try await store.put([1], as: key)
        let open = try #require(try await store.open(key))
        try await store.put([2, 2], as: key)
        #expect(try await store.bytes(of: key) == [2, 2])
        #expect(open.size == 1, "whoever reads the old one goes on reading it")
    }

    @Test("a discarded object leaves nothing", arguments: Implementation.allCases)
    func discard(_ implementation: Implementation) async throws {
        let store = try implementation.objects()
        let staged = try await store.stage()
        try await staged.append([1])
        await staged.discard()
        await staged.discard()
        #expect(try await store.photos(before: .distantFuture).isEmpty)
    }

    @Test("removing takes all objects of a photo and no other's", arguments: Implementation.allCases)
    func remove(_ implementation: Implementation) async throws {
        let store = try implementation.objects()
        let (one, other) = (PhotoID(), PhotoID())
        for photo in [one, other] {
            for kind in ObjectKey.Kind.allCases { try await store.put([1], as: ObjectKey(photo, kind)) }
        }
        try await store.removeAll(of: one)
        try await store.removeAll(of: one)
        #expect(try await store.photos(before: .distantFuture) == [other])
        for kind in ObjectKey.Kind.allCases { #expect(try await store.open(ObjectKey(one, kind)) == nil) }
        #expect(try await store.bytes(of: ObjectKey(other, .thumbnail256)) == [1])
    }

    @Test("what was erased is gone, and what was never there can be erased", arguments: Implementation.allCases)
    func erase(_ implementation: Implementation) async throws {
        let store = try implementation.objects()
        let (one, other) = (PhotoID(), PhotoID())
        for photo in [one, other] {
            for kind in ObjectKey.Kind.allCases { try await store.put([1], as: ObjectKey(photo, kind)) }
        }
        #expect(try await store.kinds(of: one) == ObjectKey.Kind.allCases)
        try await store.erase(one)
        #expect(try await store.kinds(of: one) == [])
        try await store.erase(one)
        try await store.erase(PhotoID())
        #expect(try await store.kinds(of: other) == ObjectKey.Kind.allCases)
    }

    @Test("a sweep sees only photos older than its time", arguments: Implementation.allCases)
    func age(_ implementation: Implementation) async throws {
        let store = try implementation.objects()
        let old = PhotoID(at: Date(timeIntervalSince1970: 1_000))
        try await store.put([1], as: ObjectKey(old, .original))
        try await store.put([1], as: ObjectKey(PhotoID(), .original))
        #expect(try await store.photos(before: Date(timeIntervalSince1970: 2_000)) == [old])
    }
}

extension ObjectStore {
    fileprivate func bytes(of key: ObjectKey) async throws -> [UInt8]? {
        guard let file = try await open(key) else { return nil }
        return [UInt8](unsafeUninitializedCapacity: file.size) { buffer, count in
            count = pread(file.descriptor, buffer.baseAddress, file.size, 0)
        }
    }
}
