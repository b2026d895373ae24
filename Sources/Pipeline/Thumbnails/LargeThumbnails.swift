public import Domain
import Foundation
public import Telemetry

/// Makes the large thumbnail of a photo when it is first asked for, and keeps it: it costs ten times the small one, and
/// most photos are never looked at large.
public actor LargeThumbnails {
    private let decoder: any PictureDecoder
    private let catalog: any Catalog
    private let objects: any ObjectStore
    private let metrics: Metrics
    private var making: [PhotoID: Task<Void, any Error>] = [:]

    /// The longest side in pixels.
    public static let side = 1440

    /// Makes thumbnails with a decoder of its own, so that nobody who looks at pictures waits for the lanes.
    public init(decoder: any PictureDecoder, catalog: any Catalog, objects: any ObjectStore, metrics: Metrics) {
        self.decoder = decoder
        self.catalog = catalog
        self.objects = objects
        self.metrics = metrics
    }

    /// The thumbnail of a photo, a WebP file; `nil` when the photo is gone. Whoever asks while it is being made waits for
    /// that.
    ///
    /// Throws `StoreError`, and `ProcessingError` when the picture cannot be decoded.
    public func file(of photo: PhotoID) async throws -> OpenFile? {
        let key = ObjectKey(photo, .thumbnail1440)
        if let file = try await objects.open(key) { return file }
        try await task(for: key).value
        return try await objects.open(key)
    }

    /// The making that is under way, or a new one. It goes on when whoever asked first goes away.
    private func task(for key: ObjectKey) -> Task<Void, any Error> {
        if let task = making[key.photo] { return task }
        let task = Task {
            defer { making[key.photo] = nil }
            try await make(key)
        }
        making[key.photo] = task
        return task
    }

    private func make(_ key: ObjectKey) async throws {
        // It may have come while its absence was on its way here.
        guard try await objects.open(key) == nil, try await catalog.photo(key.photo)?.erasedAt == nil,
            let original = try await objects.open(ObjectKey(key.photo, .original))
        else { return }
        let order = DecodeOrder(thumbnailSide: Self.side, views: [])
        let picture = try await metrics.measure(.thumbnail) { () async throws(ProcessingError) in
            try await decoder.decode(original, for: order)
        }
        guard let thumbnail = picture.thumbnail else { return }
        try await objects.put(thumbnail, as: key)
        // Deleted, replaced or erased meanwhile: then whoever did that may have come before this.
        if await !mayStay(key.photo) { try await objects.remove(key) }
    }

    /// Whether a photo may have a thumbnail. Where nobody knows, none is kept: it can be made again.
    private func mayStay(_ id: PhotoID) async -> Bool {
        guard let photo = try? await catalog.photo(id) else { return false }
        return photo.erasedAt == nil
    }
}

extension Metric {
    fileprivate static let thumbnail = Metric(
        "fovea_thumbnail_seconds", .histogram, help: "Time to make a large thumbnail, waiting for a decoder included.")
}
