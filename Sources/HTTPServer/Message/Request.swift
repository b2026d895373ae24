/// One request, however it came: over a socket, as a Lambda event, or made by a test.
public struct Request: Sendable {
    /// Names this request in the log and in the answer's `X-Request-Id`: 16 hexadecimal digits.
    public let id: String
    /// What is asked for.
    public let method: Method
    /// Path and query exactly as sent, which signatures are computed over.
    public let target: String
    /// The path's segments, decoded; one may hold a `/` that came as `%2F`.
    public let path: [String]
    /// The decoded query.
    public let query: Query
    /// The header fields.
    public let headers: Headers
    /// What the route's pattern named in the path: `bucket` for `/buckets/{bucket}`.
    public internal(set) var parameters: [String: String] = [:]
    /// The body, as a stream.
    public internal(set) var body: RequestBody
    /// Who sent it.
    public let peer: Peer

    /// Reads a request's parts. Throws a 400 problem where the target is not a well-formed path and query, or names
    /// another host than the headers.
    public init(
        _ method: Method, _ target: String, headers: Headers = [:], body: RequestBody = RequestBody(),
        peer: Peer = .inProcess, id: String = Request.newID()
    ) throws(Problem) {
        guard let parsed = RequestTarget(target) else {
            throw .badTarget
        }
        if let authority = parsed.authority, let host = headers["Host"], !Headers.same(authority, host) {
            throw Problem(.badRequest, code: "bad_host", "The URL and the Host header name two hosts. Send one.")
        }
        self.id = id
        self.method = method
        self.target = target
        path = parsed.path
        query = parsed.query
        self.headers = headers
        self.body = body
        self.peer = peer
    }

    /// Stands for a request that is refused unread, in the log and in the answer.
    init(refused method: Method, target: String, headers: Headers, peer: Peer) {
        id = Request.newID()
        self.method = method
        self.target = target
        path = []
        query = Query()
        self.headers = headers
        body = RequestBody()
        self.peer = peer
    }

    /// A fresh random id.
    public static func newID() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// Where a request came from.
public enum Peer: Sendable, Hashable {
    /// Over TCP, from this numeric address.
    case network(String)
    /// Over the Unix socket, so by someone with access to its file.
    case unixSocket
    /// From this very process: a test, or a Lambda event.
    case inProcess

    /// Whom limits are counted for; `nil` for whoever is this machine's own. What a proxy says of its clients is not
    /// believed: anybody could say it.
    public var client: ClientAddress? {
        if case .network(let address) = self { ClientAddress(address) } else { nil }
    }
}
