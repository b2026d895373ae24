extension Response {
    /// This response with an entity tag, or 304 without a body when the sender has it already (RFC 9110 §13.1.2).
    ///
    /// - Parameter etag: what changes whenever the content does, without quotes: a hash, or an id and a version.
    public func conditional(on request: Request, etag: String) -> Response {
        let tag = "\"\(etag)\""
        var response = self
        response.headers["ETag"] = tag
        guard request.method == .get || request.method == .head, status == .ok else { return response }
        let known = request.headers.all("If-None-Match").flatMap { $0.split(separator: ",") }.map(\.trimmed)
            .map { $0.hasPrefix("W/") ? String($0.dropFirst(2)) : $0 }
        guard known.contains("*") || known.contains(tag) else { return response }
        response.status = .notModified
        response.headers["Content-Type"] = nil
        response.body = .empty
        return response
    }

    /// This response, or the part of its file or bytes that the request asks for: 206, or 416 where there is no such
    /// part. An `If-Range` that does not name this response's `ETag` gets everything (RFC 9110 §13.1.5).
    public func range(for request: Request) -> Response {
        guard request.method == .get, status == .ok, let size = body.count else { return self }
        var response = self
        response.headers["Accept-Ranges"] = "bytes"
        if let condition = request.headers["If-Range"], condition != headers["ETag"] { return response }
        switch ByteRange(request.headers["Range"], size: size) {
        case .whole:
            return response
        case .part(let range):
            guard let part = body.part(range) else { return self }
            response.status = .partialContent
            response.headers["Content-Range"] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
            response.body = part
            return response
        case .unsatisfiable:
            let problem = Problem(
                .rangeNotSatisfiable, code: "range_not_satisfiable",
                "The file has \(size) bytes; the range is outside. Ask for one within.",
                headers: ["Content-Range": "bytes */\(size)"]
            )
            return problem.response(instance: request.id)
        }
    }
}

extension ResponseBody {
    fileprivate func part(_ range: Range<Int>) -> ResponseBody? {
        switch self {
        case .empty, .stream: nil
        case .bytes(let bytes): .bytes(Array(bytes[range]))
        case .file(let file): .file(file.part(range))
        }
    }
}
