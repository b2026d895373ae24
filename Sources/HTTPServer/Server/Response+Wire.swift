extension Response {
    /// The whole response as it goes over the wire before the connection is closed; `nil` for a file or a stream, which is
    /// too much for one go.
    func wireBytes(withBody: Bool) -> [UInt8]? {
        var content: [UInt8] = []
        switch body {
        case .empty: break
        case .bytes(let bytes): if withBody { content = bytes }
        case .file, .stream: return nil
        }
        var text = "HTTP/1.1 \(status.rawValue) \(status.phrase)\r\n"
        for field in headers.fields where !(field.name + field.value).utf8.contains(where: { $0 < 0x20 }) {
            text += "\(field.name): \(field.value)\r\n"
        }
        return Array((text + "Connection: close\r\n\r\n").utf8) + content
    }
}

extension Problem {
    /// The whole answer to a connection on which no request was read, so that nothing is known of it.
    func wireBytes() -> [UInt8] {
        let id = Request.newID()
        var response = response(instance: id)
        response.headers["X-Request-Id"] = id
        response.headers["Content-Length"] = response.body.count.map { String($0) }
        return response.wireBytes(withBody: true) ?? []
    }
}
