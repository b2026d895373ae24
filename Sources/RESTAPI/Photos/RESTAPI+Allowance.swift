import Domain
import HTTPServer
import Pipeline

/// How much may be put into a bucket where anybody may. Who comes over the Unix socket is the owner, and is not counted.
extension RESTAPI {
    /// Refuses a request of a client that may put in nothing now, before its body is read.
    func checkAllowance(_ request: Request, _ bucket: Bucket) throws {
        if bucket.upload == .anyone, let client = request.peer.client { try meter.check(client, bucket) }
    }

    /// Counts one picture, then takes it in. What turns out to be no picture counts, too: it was sent, read and hashed
    /// like one. What there was no room for does not.
    func metered(_ request: Request, _ bucket: Bucket, _ receive: () async throws -> Receipt) async throws -> Receipt {
        guard bucket.upload == .anyone, let client = request.peer.client else { return try await receive() }
        try meter.take(client, bucket)
        do {
            return try await receive()
        } catch {
            if Self.isForWantOfRoom(error) { meter.giveBack(client, bucket) }
            throw error
        }
    }

    private static func isForWantOfRoom(_ error: any Error) -> Bool {
        switch error {
        case IntakeError.queueFull, IntakeError.diskLow: true
        default: error is StoreError
        }
    }
}
