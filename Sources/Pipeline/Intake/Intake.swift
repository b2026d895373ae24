import Cryptography
public import Domain
public import Telemetry

/// The one way in: bytes are streamed to a file, counted and hashed on the way, made durable, and only then admitted.
///
/// Whoever gets an answer from `receive` may forget the picture: it survives whatever is killed afterwards.
public struct Intake: Sendable {
    /// What is taken in at most.
    public let limits: IntakeLimits

    private let objects: any ObjectStore
    private let catalog: any Catalog
    private let queue: any JobQueue
    private let bell: Bell
    private let metrics: Metrics

    /// Puts the way in together; `bell` wakes the lanes.
    public init(
        objects: any ObjectStore, catalog: any Catalog, queue: any JobQueue, bell: Bell, metrics: Metrics,
        limits: IntakeLimits = IntakeLimits()
    ) {
        self.objects = objects
        self.catalog = catalog
        self.queue = queue
        self.bell = bell
        self.metrics = metrics
        self.limits = limits
    }

    /// Takes a picture into a bucket, under `key` or, without one, under its id.
    ///
    /// Throws `IntakeError` for what is refused, and whatever `body` throws; in both cases nothing is kept.
    public func receive<Body: AsyncSequence>(
        _ body: Body, into bucket: BucketName, key: PhotoKey?, priority: Job.Priority = .ordinary
    ) async throws -> Receipt where Body.Element == [UInt8] {
        do {
            try await checkRoom()
        } catch {
            metrics.add(to: .refused)
            throw error
        }
        let staged = try await objects.stage()
        do {
            let content = try await copy(body, to: staged)
            return try await admit(staged, content, bucket, key, priority)
        } catch {
            await staged.discard()
            metrics.add(to: .refused)
            throw error
        }
    }

    /// Refuses while too much waits or the disk is nearly full: before the bytes come, not after.
    private func checkRoom() async throws {
        guard try await queue.depth().waiting < limits.waitingPhotos else {
            throw IntakeError.queueFull(limit: limits.waitingPhotos)
        }
        if let free = try await objects.freeBytes(), free < limits.reservedBytes {
            throw IntakeError.diskLow(free: free, reserved: limits.reservedBytes)
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
            guard bytes <= limits.fileBytes else { throw IntakeError.tooLarge(limit: limits.fileBytes) }
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
        _ bucket: BucketName, _ key: PhotoKey?, _ priority: Job.Priority
    ) async throws -> Receipt {
        let id = PhotoID()
        var photo = Photo(
            id: id, bucket: bucket, key: key ?? PhotoKey(id, found.format), content: found.content, createdAt: id.time)
        let original = ObjectKey(id, .original)
        try await staged.commit(as: original)
        var admission: Admission
        do {
            admission = try await catalog.admit(photo, priority: priority)
            if admission == .taken {
                photo = photo.underKeyOfItsOwn(found.format)
                admission = try await catalog.admit(photo, priority: priority)
            }
        } catch {
            // Best effort: a stray file is swept at the next start.
            try? await objects.remove(original)
            throw error
        }
        metrics.add(to: .received)
        metrics.add(Double(found.content.bytes), to: .receivedBytes)
        switch admission {
        case .admitted, .taken:
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

extension Photo {
    /// The same photo under a key that nobody else can have: its id with the key that was wanted, where both fit.
    fileprivate func underKeyOfItsOwn(_ format: ImageFormat) -> Photo {
        Photo(
            id: id, bucket: bucket, key: PhotoKey("\(id)-\(key)") ?? PhotoKey(id, format), content: content,
            createdAt: createdAt)
    }
}

/// The answer to whoever put a picture in.
public struct Receipt: Sendable, Equatable {
    /// The photo, as it stands.
    public let photo: Photo
    /// Whether it is new, or was there with the same bytes under the same key.
    public let isNew: Bool
}
