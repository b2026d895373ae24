public import Domain
import Foundation

/// Looks whether what was erased is really gone.
public struct RetentionProof: Sendable {
    private let catalog: any Catalog
    private let objects: any ObjectStore

    /// Compares what the catalogue says with what the object store has.
    public init(catalog: any Catalog, objects: any ObjectStore) {
        self.catalog = catalog
        self.objects = objects
    }

    /// How many photos of a bucket are recorded as erased, and what is stored of them all the same: nothing, unless a
    /// thumbnail is being taken back at this moment, or something has to be tried again.
    public func look(into bucket: BucketName) async throws(StoreError) -> (erased: Int, leftovers: [ObjectKey]) {
        // The record first: what is in it then has no file any more.
        let erased = Set(try await catalog.erasedPhotos(in: bucket))
        guard !erased.isEmpty else { return (0, []) }
        var leftovers: [ObjectKey] = []
        for id in try await objects.photos(before: .distantFuture).intersection(erased).sorted() {
            leftovers += try await objects.kinds(of: id).map { ObjectKey(id, $0) }
        }
        return (erased.count, leftovers)
    }
}
