import Foundation

/// What went wrong, as a problem document (RFC 9457). A handler may throw it; the router answers with it.
public struct Problem: Error, Sendable, CustomStringConvertible {
    /// The response's status.
    public let status: Status
    /// What programs tell errors apart by, in snake_case: `unknown_bucket`.
    public let code: String
    /// A sentence for a person: what happened and what to do.
    public let detail: String
    /// Headers that belong to the answer, such as `Retry-After` or `WWW-Authenticate`.
    public let headers: Headers

    /// Describes a problem.
    public init(_ status: Status, code: String, _ detail: String, headers: Headers = [:]) {
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = headers
    }

    /// The detail and the code.
    public var description: String {
        "\(detail) (\(code))"
    }

    /// The problem document; `instance` is the request's id.
    public func response(instance: String) -> Response {
        let document = Document(
            title: status.phrase, status: status.rawValue, detail: detail, code: code, instance: instance
        )
        // A document of strings and a number always encodes; an empty one would still carry the status.
        let bytes = (try? JSONEncoder.plain.encode(document)).map { [UInt8]($0) } ?? []
        return .data(bytes, type: "application/problem+json", status: status, headers: headers)
    }

    private struct Document: Encodable {
        let type = "about:blank"
        let title: String
        let status: Int
        let detail: String
        let code: String
        let instance: String
    }
}
