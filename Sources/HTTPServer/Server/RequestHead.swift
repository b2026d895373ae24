import CMicrohttpd
import Foundation

/// A request's line and headers as libmicrohttpd read them, not yet judged.
struct RequestHead {
    let method: String
    let target: String
    let version: String
    let headers: Headers
    /// Bytes of all that together.
    let size: Int
    let peer: Peer

    init(_ connection: OpaquePointer, method: String, target: String, version: String) {
        self.method = method
        self.target = target
        self.version = version
        headers = Self.headers(connection)
        size = microhttpd_info(connection, .CONNECTION_INFO_REQUEST_HEADER_SIZE).map { $0.pointee.header_size } ?? 0
        peer = Self.peer(connection)
    }

    private static func headers(_ connection: OpaquePointer) -> Headers {
        var fields: [Headers.Field] = []
        withUnsafeMutablePointer(to: &fields) { fields in
            _ = MHD_get_connection_values_n(connection, .HEADER_KIND, addField, fields)
        }
        return Headers(fields)
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

/// Collects one header; called by the library for each.
private func addField(
    fields: UnsafeMutableRawPointer?, kind: MHD_ValueKind, name: UnsafePointer<CChar>?, nameLength: Int,
    value: UnsafePointer<CChar>?, valueLength: Int
) -> MHD_Result {
    func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
        String(decoding: UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count), as: UTF8.self)
    }
    fields?.assumingMemoryBound(to: [Headers.Field].self).pointee
        .append(Headers.Field(name: text(name, nameLength), value: text(value, valueLength)))
    return .YES
}
