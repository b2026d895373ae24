/// Refuses requests that a foreign web page made a browser send to a server on its own machine: by a name that points
/// here (DNS rebinding), or straight across origins.
public struct HostGuard: Sendable, Equatable {
    /// Names under which the server is known besides `localhost`, `127.0.0.1` and `[::1]`; without ports.
    public let allowedHosts: Set<String>

    /// Allows the loopback names, and these.
    public init(allowedHosts: Set<String> = []) {
        self.allowedHosts = Set(allowedHosts.map { $0.lowercased() })
    }

    /// Judges a request. Throws a 421 problem `foreign_host` or a 403 problem `foreign_origin`; the latter not for a route
    /// that `isOpen`, when the browser says which page of another origin asks: that the route judges itself.
    func check(_ method: Method, _ headers: Headers, isOpen: Bool = false) throws(Problem) {
        guard let host = headers["Host"].flatMap(Authority.init), allows(host) else {
            throw Problem(
                .misdirectedRequest, code: "foreign_host",
                "This server does not go by the name in the Host header. Add the name to its allowed hosts to use it."
            )
        }
        if let origin = headers["Origin"], !Self.isSame(origin, host) {
            guard isOpen else { throw .foreignOrigin }
            return
        }
        if method != .get, method != .head, headers["Sec-Fetch-Site"] == "cross-site" {
            throw .foreignOrigin
        }
    }

    private func allows(_ authority: Authority) -> Bool {
        Self.loopback.contains(authority.host) || allowedHosts.contains(authority.host)
    }

    private static let loopback: Set = ["localhost", "127.0.0.1", "[::1]"]

    /// Whether an origin (`https://host:port`) is the host that was asked. A port left out is the scheme's own; a proxy
    /// that ends TLS hands on the host without one.
    static func isSame(_ origin: String, _ host: Authority) -> Bool {
        for (scheme, port) in [("http://", 80), ("https://", 443)] where origin.hasPrefix(scheme) {
            guard let other = Authority(String(origin.dropFirst(scheme.count))) else { return false }
            return other.host == host.host && (other.port ?? port) == (host.port ?? port)
        }
        return false
    }
}

/// A host and perhaps a port, as in the Host header.
struct Authority: Equatable {
    /// In lower case; an IPv6 address with its brackets.
    let host: String
    let port: Int?

    /// Reads `localhost:8080` or `[::1]`; `nil` where it is neither.
    init?(_ text: String) {
        let text = text.lowercased()
        let end =
            text.hasPrefix("[")
            ? text.firstIndex(of: "]").map(text.index(after:)) : text.firstIndex(of: ":") ?? text.endIndex
        guard let end, end > text.startIndex else { return nil }
        host = String(text[..<end])
        guard host.utf8.allSatisfy(Self.isHostByte) else { return nil }
        let tail = text[end...]
        guard !tail.isEmpty else {
            port = nil
            return
        }
        guard tail.hasPrefix(":"), let number = UInt16(tail.dropFirst()), !tail.hasPrefix(":+") else { return nil }
        port = Int(number)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"): true
        case UInt8(ascii: "["), UInt8(ascii: "]"): true
        default: false
        }
    }
}
