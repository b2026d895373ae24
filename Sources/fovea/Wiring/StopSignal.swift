import Dispatch
import Foundation

/// Waits for SIGINT or SIGTERM.
struct StopSignal: Sendable {
    private let stream: AsyncStream<String>
    /// Only kept, never used again.
    private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

    init() {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        self.stream = stream
        sources = [(SIGINT, "SIGINT"), (SIGTERM, "SIGTERM")].map { number, name in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield(name) }
            source.resume()
            return source
        }
    }

    /// The name of the next signal.
    func wait() async -> String {
        for await name in stream { return name }
        return ""
    }
}
