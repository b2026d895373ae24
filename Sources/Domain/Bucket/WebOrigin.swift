import Foundation

/// Where a web page comes from, as browsers say it in `Origin` (RFC 6454): scheme, host and port.
public struct WebOrigin: Sendable, Hashable, LosslessStringConvertible {
    /// `https://example.org`, `http://localhost:3000`, or `*` for every page.
    public let description: String

    /// Every page there is.
    public static let any = WebOrigin(unchecked: "*")

    /// Reads an origin, or `*`; `nil` for anything else. The port of the scheme is left out, as browsers do.
    public init?(_ text: String) {
        if text == "*" {
            self = .any
            return
        }
        let text = text.lowercased()
        guard let parts = URLComponents(string: text), let scheme = parts.scheme, ["http", "https"].contains(scheme),
            let host = parts.encodedHost, !host.isEmpty, !host.contains("*"), parts.user == nil, parts.query == nil,
            parts.fragment == nil,
            parts.path.isEmpty
        else { return nil }
        let isUsual = parts.port == nil || parts.port == (scheme == "https" ? 443 : 80)
        self.init(unchecked: "\(scheme)://\(host)" + (isUsual ? "" : parts.port.map { ":\($0)" } ?? ""))
    }

    private init(unchecked text: String) {
        description = text
    }

    /// What can be written, for whoever wrote something else.
    public static let rule = "the address of a page without its path, https://example.org, or * for every page"

    /// Whether a page from `origin` is meant.
    public func allows(_ origin: WebOrigin) -> Bool {
        self == .any || self == origin
    }
}

extension WebOrigin: WrittenAsText {}
