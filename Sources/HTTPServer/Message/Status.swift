/// A response's status code (RFC 9110 §15).
public struct Status: RawRepresentable, Sendable, Hashable, ExpressibleByIntegerLiteral {
    /// The three digits.
    public let rawValue: Int

    /// Any code.
    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// Any code.
    public init(integerLiteral value: Int) {
        rawValue = value
    }

    /// 200
    public static let ok: Status = 200
    /// 201
    public static let created: Status = 201
    /// 202
    public static let accepted: Status = 202
    /// 204
    public static let noContent: Status = 204
    /// 206
    public static let partialContent: Status = 206
    /// 304
    public static let notModified: Status = 304
    /// 400
    public static let badRequest: Status = 400
    /// 401
    public static let unauthorized: Status = 401
    /// 403
    public static let forbidden: Status = 403
    /// 404
    public static let notFound: Status = 404
    /// 405
    public static let methodNotAllowed: Status = 405
    /// 408
    public static let requestTimeout: Status = 408
    /// 409
    public static let conflict: Status = 409
    /// 410
    public static let gone: Status = 410
    /// 413
    public static let contentTooLarge: Status = 413
    /// 415
    public static let unsupportedMediaType: Status = 415
    /// 416
    public static let rangeNotSatisfiable: Status = 416
    /// 417
    public static let expectationFailed: Status = 417
    /// 421
    public static let misdirectedRequest: Status = 421
    /// 422
    public static let unprocessableContent: Status = 422
    /// 429
    public static let tooManyRequests: Status = 429
    /// 431
    public static let requestHeaderFieldsTooLarge: Status = 431
    /// 500
    public static let internalServerError: Status = 500
    /// 501
    public static let notImplemented: Status = 501
    /// 503
    public static let serviceUnavailable: Status = 503
    /// 507
    public static let insufficientStorage: Status = 507

    /// The standard's words for the code, or its class's where it has none here.
    public var phrase: String {
        Self.phrases[rawValue] ?? (rawValue < 400 ? "OK" : rawValue < 500 ? "Bad Request" : "Internal Server Error")
    }

    /// Whether the standard forbids a body, and with it a `Content-Length` (RFC 9110 §6.4.1).
    var forbidsBody: Bool {
        rawValue < 200 || rawValue == 204 || rawValue == 304
    }

    private static let phrases = [
        200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 206: "Partial Content", 301: "Moved Permanently",
        302: "Found", 303: "See Other", 304: "Not Modified", 307: "Temporary Redirect", 308: "Permanent Redirect",
        400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
        406: "Not Acceptable", 408: "Request Timeout", 409: "Conflict", 410: "Gone", 411: "Length Required",
        412: "Precondition Failed", 413: "Content Too Large", 414: "URI Too Long", 415: "Unsupported Media Type",
        416: "Range Not Satisfiable", 417: "Expectation Failed", 421: "Misdirected Request",
        422: "Unprocessable Content",
        428: "Precondition Required", 429: "Too Many Requests", 431: "Request Header Fields Too Large",
        500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable",
        504: "Gateway Timeout", 505: "HTTP Version Not Supported", 507: "Insufficient Storage",
    ]
}
