public import Domain
public import Foundation
import Telemetry

/// Takes photos out again, and whatever a crash has left of them.
public struct PhotoRemoval: Sendable {
    private let catalog: any Catalog
    private let objects: any ObjectStore
    private let settlements: Settlements

    /// Puts the way out together.
    public init(catalog: any Catalog, objects: any ObjectStore, settlements: Settlements) {
        self.catalog = catalog
        self.objects = objects
        self.settlements = settlements
    }

    /// Removes a photo with all its objects; `false` when there was none.
    ///
    /// The record goes first: from then on the photo is gone for everybody, and files that a crash leaves are strays.
    /// Only on a full disk the files go first.
    public func remove(_ id: PhotoID) async throws(StoreError) -> Bool {
        guard try await forget(id) else { return false }
        settlements.announce(id)
        try await objects.removeAll(of: id)
        Log.info("photo deleted", ["photo": id])
        return true
    }

    private func forget(_ id: PhotoID) async throws(StoreError) -> Bool {
        do {
            return try await catalog.delete(id)
        } catch {
            guard error.kind == .full else { throw error }
            // Even a record that something is gone needs room, and here only the photo itself can make it.
            try await objects.removeAll(of: id)
            return try await catalog.delete(id)
        }
    }

    /// Removes the objects of photos that the catalogue does not know, or knows to be erased; returns their number.
    ///
    /// Only ids older than `time`, when this process started, are looked at: no upload under way has one of those.
    public func sweepStrays(before time: Date) async throws(StoreError) -> Int {
        var removed = 0
        for id in try await objects.photos(before: time) {
            if let photo = try await catalog.photo(id), photo.erasedAt == nil { continue }
            try await objects.erase(id)
            removed += 1
        }
        if removed > 0 { Log.info("stray files removed", ["photos": removed]) }
        return removed
    }
}
