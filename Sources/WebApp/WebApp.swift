public import HTTPServer

/// The pages of the web app: plain files, carried inside the binary, that talk to the REST API from the browser.
///
/// They are revalidated on each visit by a tag of their content, so that a new binary shows at once and an unchanged
/// page costs a 304. The Content Security Policy lets them load from this server alone, and nothing inline.
public struct WebApp: Sendable {
    /// Makes the web app.
    public init() {}

    /// Adds a route for each of the pages' files; `/` is the page itself.
    public func addRoutes(to router: inout Router) {
        for page in Page.all {
            let tag = page.tag
            router.add(.get, page.path) { request in
                Response.data(page.bytes, type: page.type.rawValue, headers: Self.headers)
                    .conditional(on: request, etag: tag)
            }
        }
    }

    private static let headers: Headers = [
        "Cache-Control": "no-cache",
        "Content-Security-Policy": policy,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Referrer-Policy": "no-referrer",
    ]

    /// `blob:` is for the previews of photos that are on their way in.
    private static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' blob: data:",
        "connect-src 'self'", "manifest-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")
}
