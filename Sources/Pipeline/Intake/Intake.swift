import Cryptography
public import Domain
public import Telemetry

/// The one way in: bytes are streamed to a file, counted and hashed on the way, made durable, and only then admitted.
///
/// Whoever gets an answer from `receive` may forget the picture: it survives whatever is killed afterwards.
public struct Intake: Sendable {
    /// The most bytes of one file; 50 MB.
    public let maximumBytes: Int

    private let objects: any ObjectStore
    private let catalog: any Catalog
    private let bell: Bell
    private let metrics: Metrics

    /// Puts the way in together; `bell` wakes the lanes.
    public init(
        objects: any ObjectStore, catalog: any Catalog, bell: Bell, metrics: Metrics, maximumBytes: Int = 50_000_000
    ) {
        self.objects = objects
        self.catalog = catalog
        self.bell = bell
        self.metrics = metrics
        self.maximumBytes = maximumBytes
    }

    /// Takes a picture into a bucket, under `key` or, without one, under its id.
    ///
    /// Throws `IntakeError` for what is refused, and whatever `body` throws; in both cases nothing is kept.
    public func receive<Body: AsyncSequence>(
        _ body: Body, into bucket: BucketName, key: PhotoKey?
    ) async throws -> Receipt where Body.Element == [UInt8] {
        let staged = try await objects.stage()
        do {
            let content = try await copy(body, to: staged)
            return try await admit(staged, content, bucket, key)
        } catch {
            await staged.discard()
            metrics.add(to: .refused)
            throw error
        }
    }

    private func copy<Body: AsyncSequence>(
        _ body: Body, to staged: any StagedObject
    ) async throws -> (Photo.Content, ImageFormat) where Body.Element == [UInt8] {
        var hash = SHA256()
        var bytes = 0
        var head: [UInt8] = []
        for try await chunk in body {
            bytes += chunk.count
            guard bytes <= maximumBytes else { throw IntakeError.tooLarge(limit: maximumBytes) }
            if head.count < Failure.signatureLength {
                head += chunk.prefix(Failure.signatureLength - head.count)
            }
            hash.update(chunk)
            try await staged.append(chunk)
        }
        guard bytes > 0 else { throw IntakeError.empty }
        guard let format = ImageFormat(signature: head) else { throw IntakeError.refused(.unrecognised(head)) }
        return (Photo.Content(bytes: bytes, sha256: hash.hexadecimal()), format)
    }

    private func admit(
        _ staged: any StagedObject, _ found: (content: Photo.Content, format: ImageFormat),
        _ bucket: BucketName, _ key: PhotoKey?
    ) async throws -> Receipt {
        let id = PhotoID()
        let photo = Photo(
            id: id, bucket: bucket, key: key ?? PhotoKey(id, found.format), content: found.content, createdAt: id.time)
        let original = ObjectKey(id, .original)
        try await staged.commit(as: original)
        let admission: Admission
        do {
            admission = try await catalog.admit(photo)
        } catch {
            // Best effort: a stray file is swept at the next start.
            try? await objects.remove(original)
            throw error
        }
        metrics.add(to: .received)
        metrics.add(Double(found.content.bytes), to: .receivedBytes)
        switch admission {
        case .admitted:
            Log.info("photo admitted", ["photo": id, "bucket": bucket, "key": photo.key, "bytes": found.content.bytes])
        case .replaced(let old):
            try? await objects.removeAll(of: old)
            Log.info("photo replaced", ["photo": id, "old": old, "bucket": bucket, "key": photo.key])
        case .present(let there):
            try? await objects.remove(original)
            Log.info("photo was there already", ["photo": there.id, "bucket": bucket, "key": photo.key])
            return Receipt(photo: there, isNew: false)
        }
        bell.ring()
        return Receipt(photo: photo, isNew: true)
    }
}

/// The answer to whoever put a picture in.
public struct Receipt: Sendable, Equatable {
    /// The photo, as it stands.
    public let photo: Photo
    /// Whether it is new, or was there with the same bytes under the same key.
    public let isNew: Bool
}

/// Why a picture was not taken in.
public enum IntakeError: Error, Sendable, Equatable {
    /// There were no bytes.
    case empty
    /// There were more bytes than the limit.
    case tooLarge(limit: Int)
    /// The bytes are no picture of an accepted kind.
    case refused(Failure)
}
