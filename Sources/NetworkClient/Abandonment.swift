import CCurl
import Foundation
import Synchronization

/// Whether what was started is still wanted.
final class Abandonment: Sendable {
    private let flag = Atomic(false)

    var isAbandoned: Bool { flag.load(ordering: .relaxed) }

    func abandon() {
        flag.store(true, ordering: .relaxed)
    }
}

/// libcurl calls this about once a second; the context is the `Abandonment`.
func goOnUnlessAbandoned(
    _ context: UnsafeMutableRawPointer?, _: curl_off_t, _: curl_off_t, _: curl_off_t, _: curl_off_t
) -> Int32 {
    guard let context else { return 1 }
    return Unmanaged<Abandonment>.fromOpaque(context).takeUnretainedValue().isAbandoned ? 1 : 0
}

/// Does what blocks on a thread of its own, and tells it when the task that waits is cancelled.
func onOwnThread<Value: Sendable, Failure: Error>(
    _ work: @escaping @Sendable (Abandonment) throws(Failure) -> Value
) async throws(Failure) -> Value {
    let abandonment = Abandonment()
    let result: Result<Value, Failure> = await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
            Thread {
                continuation.resume(returning: Result { () throws(Failure) in try work(abandonment) })
            }.start()
        }
    } onCancel: {
        abandonment.abandon()
    }
    return try result.get()
}
