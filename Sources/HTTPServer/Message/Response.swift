public import Foundation

/// The answer to a request; how it reaches the sender is not its business.
public struct Response: Sendable {
    /// The status code.
    public var status: Status
    /// The header fields; `Content-Length` and the security headers are the router's to add.
    public var headers: Headers
    /// The body.
    public var body: ResponseBody

    /// Makes a response.
    public init(_ status: Status = .ok, headers: Headers = [:], body: ResponseBody = .empty) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A value as JSON. Throws what the encoder throws, which the router answers with 500.
    public static func json(
        _ value: some Encodable, status: Status = .ok, headers: Headers = [:], encoder: JSONEncoder = .plain
    ) throws -> Response {
        .data([UInt8](try encoder.encode(value)), type: "application/json", status: status, headers: headers)
    }

    /// Plain text.
    public static func text(_ text: String, status: Status = .ok, headers: Headers = [:]) -> Response {
        .data(Array(text.utf8), type: "text/plain; charset=utf-8", status: status, headers: headers)
    }

    /// Bytes of a media type.
    public static func data(
        _ bytes: [UInt8], type: String, status: Status = .ok, headers: Headers = [:]
    ) -> Response {
        var headers = headers
        headers["Content-Type"] = type
        return Response(status, headers: headers, body: .bytes(bytes))
    }

    /// A file of a media type; ranges of it are served when a request asks (`Response.range(for:)`).
    public static func file(_ file: FileBody, type: String, headers: Headers = [:]) -> Response {
        var headers = headers
        headers["Content-Type"] = type
        return Response(.ok, headers: headers, body: .file(file))
    }
}

extension JSONEncoder {
    /// Keys in order, times in ISO 8601, slashes as they are.
    public static var plain: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return encoder
    }
}
