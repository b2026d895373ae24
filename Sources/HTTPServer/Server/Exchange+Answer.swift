import CMicrohttpd
import Foundation
import Telemetry

extension Exchange {
    /// Gives the library the response to send.
    func queue(_ response: Response, on connection: OpaquePointer) -> MHD_Result {
        let isHead = update { state in
            // From here on the handler's answer stands, whichever way it came.
            state.response = response
            return state.isHead
        }
        guard let answer = isHead ? Self.headAnswer(response) : answer(response) else {
            Log.error("a response could not be made", ["request": response.headers["X-Request-Id"] ?? ""])
            return .NO
        }
        defer { MHD_destroy_response(answer) }
        for field in response.headers.fields where !Self.isOfTheConnection(field.name) {
            if MHD_add_response_header(answer, field.name, field.value) == .NO {
                Log.error("a response header was refused", ["name": field.name])
            }
        }
        return MHD_queue_response(connection, UInt32(response.status.rawValue), answer)
    }

    private func answer(_ response: Response) -> OpaquePointer? {
        switch response.body {
        case .empty:
            return MHD_create_response_from_buffer(0, nil, .RESPMEM_PERSISTENT)
        case .bytes(var bytes):
            return bytes.withUnsafeMutableBytes {
                MHD_create_response_from_buffer($0.count, $0.baseAddress, .RESPMEM_MUST_COPY)
            }
        case .file(let file):
            // The library closes what it is given; the owner keeps its own.
            let copy = fcntl(file.descriptor, F_DUPFD_CLOEXEC, 0)
            guard copy >= 0 else { return nil }
            let answer = MHD_create_response_from_fd_at_offset64(UInt64(file.size), copy, UInt64(file.offset))
            if answer == nil { close(copy) }
            return answer
        case .stream(let stream):
            let length = stream.length.map { UInt64($0) } ?? UInt64.max
            return MHD_create_response_from_callback(
                length, 32 * 1024, readOutgoing, Unmanaged.passRetained(self).toOpaque(), releaseExchange
            )
        }
    }

    /// A response that tells a length and is never read.
    private static func headAnswer(_ response: Response) -> OpaquePointer? {
        let length = response.headers["Content-Length"].flatMap(UInt64.init)
        guard length != 0 else { return MHD_create_response_from_buffer(0, nil, .RESPMEM_PERSISTENT) }
        return MHD_create_response_from_callback(length ?? UInt64.max, 1024, readNothing, nil, nil)
    }

    /// The library writes these itself.
    private static func isOfTheConnection(_ name: String) -> Bool {
        ["Content-Length", "Transfer-Encoding", "Connection", "Date"].contains { Headers.same($0, name) }
    }
}
