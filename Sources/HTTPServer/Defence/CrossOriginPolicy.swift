/// Which pages of other origins may ask a route, and read its answers (the CORS protocol of the Fetch standard). A route
/// without a policy is for the server's own pages, and for programs.
///
/// Cookies and logins never travel along: no answer allows credentials.
public struct CrossOriginPolicy: Sendable {
    let allows: @Sendable (_ origin: String, Request) async throws -> Bool

    /// A policy by a test: it gets the origin as the browser wrote it (`https://example.org`, or `null` for a page that
    /// has none) and the request with its parameters, but must not read the body.
    public init(allowing test: @escaping @Sendable (_ origin: String, Request) async throws -> Bool) {
        allows = test
    }

    /// What a page may read of an answer's headers besides those that it always may.
    static let exposedHeaders = "Location, Retry-After, X-Request-Id"
    /// What a page may send besides what it always may.
    static let allowedHeaders = "Content-Type, If-None-Match, Range"
    /// For how many seconds a browser need not ask again. The request itself is judged each time.
    static let maximumAge = 600
}

extension Request {
    /// The origin of the page that made this request, where that is not one of this server's own; `nil` for programs, and
    /// for whoever comes over the Unix socket, which no page can.
    var foreignOrigin: String? {
        guard peer != .unixSocket, let origin = headers["Origin"] else { return nil }
        let host = headers["Host"].flatMap(Authority.init)
        return host.map { HostGuard.isSame(origin, $0) } == true ? nil : origin
    }
}

extension Problem {
    static let foreignOrigin = Problem(
        .forbidden, code: "foreign_origin",
        "Requests made by pages of other sites are refused here. Use the server's own page, or a program; or, for photos,"
            + " have the page's address listed in the bucket's origins."
    )
}
