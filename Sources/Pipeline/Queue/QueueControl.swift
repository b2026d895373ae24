public import Domain
import Telemetry

/// What a person can do to the queue: stop it, let it go on, try again what failed.
public struct QueueControl: Sendable {
    private let queue: any JobQueue
    private let index: any SearchIndex
    private let bell: Bell

    /// Puts it together; `bell` wakes the lanes.
    public init(queue: any JobQueue, index: any SearchIndex, bell: Bell) {
        self.queue = queue
        self.index = index
        self.bell = bell
    }

    /// Takes no more photos from the queue, also after a restart, until it is resumed. What a lane holds is finished.
    public func pause() async throws(StoreError) {
        try await queue.setPaused(true)
        Log.warning("the queue is paused; no photo is looked at until it is resumed")
    }

    /// Takes photos from the queue again.
    public func resume() async throws(StoreError) {
        try await queue.setPaused(false)
        bell.ring()
        Log.info("the queue goes on")
    }

    /// Looks at a photo again that failed; `false` when it did not fail, or is gone.
    public func retry(_ id: PhotoID) async throws(StoreError) -> Bool {
        guard try await queue.retry(id) else { return false }
        bell.ring()
        Log.info("a failed photo is tried again", ["photo": id])
        return true
    }

    /// Looks again at every photo that was given up after some tries or, when `evenHopeless`, that failed in any way;
    /// returns their number.
    public func retryAll(evenHopeless: Bool) async throws -> Int {
        var retried = 0
        var cursor: Cursor?
        repeat {
            let page = try await index.photos(matching: PhotoQuery(status: .failed), after: cursor, limit: 200)
            for photo in page.photos {
                guard case .failed(let failure) = photo.state else { continue }
                guard evenHopeless || Failure.Code.givenUp.contains(failure.code) else { continue }
                if try await queue.retry(photo.id) { retried += 1 }
            }
            cursor = page.next
        } while cursor != nil
        if retried > 0 {
            bell.ring()
            Log.info("failed photos are tried again", ["photos": retried])
        }
        return retried
    }
}
