import CMicrohttpd
import Foundation

/// A request's line and headers as libmicrohttpd read them, not yet judged.
struct RequestHead {
    let method: String
    let target: String
    let version: String
    let headers: Headers
    /// Bytes of all that together, as they came.
    let size: Int
    /// Bytes of what the library made of it: the same, unless it has left something out.
    let accounted: Int
    let peer: Peer

    init(_ connection: OpaquePointer, method: String, target: String, version: String) {
        self.method = method
        self.target = target
        self.version = version
        let lines = HeaderLines(connection)
        headers = lines.headers
        let requestLine = method.utf8.count + target.utf8.count + version.utf8.count + 4
        accounted = requestLine + lines.size + 2
        size = microhttpd_info(connection, .CONNECTION_INFO_REQUEST_HEADER_SIZE).map { $0.pointee.header_size } ?? 0
        peer = Self.peer(connection)
    }

    private static func peer(_ connection: OpaquePointer) -> Peer {
        guard
            let address = microhttpd_info(connection, .CONNECTION_INFO_CLIENT_ADDRESS)?.pointee.client_addr,
            Int32(address.pointee.sa_family) != AF_UNIX
        else { return .unixSocket }
        let isV6 = Int32(address.pointee.sa_family) == AF_INET6
        let length = isV6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size
        return .network(address.numericAddress(length: socklen_t(length))?.host ?? "")
    }
}

/// The header lines of a request.
private struct HeaderLines {
    var headers = Headers()
    /// Bytes from the first name to the last line end.
    var size = 0

    init(_ connection: OpaquePointer) {
        withUnsafeMutablePointer(to: &self) { lines in
            _ = MHD_get_connection_values_n(connection, .HEADER_KIND, addLine, lines)
        }
    }

    /// Name and value are where the library read them, in one line; so their distance tells how long the line was. A value
    /// that was put together from several lines is elsewhere, and makes a size that cannot be.
    mutating func add(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
        let (start, end) = (UInt(bitPattern: name.baseAddress), UInt(bitPattern: value.baseAddress))
        size &+= Int(bitPattern: end &- start) &+ value.count &+ 2
        // Not trimmed: what the library took for no framing at all must not look like one here.
        headers.add(String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
    }
}

/// Collects one header; called by the library for each.
private func addLine(
    lines: UnsafeMutableRawPointer?, kind: MHD_ValueKind, name: UnsafePointer<CChar>?, nameLength: Int,
    value: UnsafePointer<CChar>?, valueLength: Int
) -> MHD_Result {
    lines?.assumingMemoryBound(to: HeaderLines.self).pointee.add(
        UnsafeRawBufferPointer(start: name, count: name == nil ? 0 : nameLength),
        UnsafeRawBufferPointer(start: value, count: value == nil ? 0 : valueLength))
    return .YES
}
