import Foundation

/// The server that takes mail for others, as a URL says.
public struct MailServer: Sendable, Equatable, CustomStringConvertible {
    /// How the way to it is protected.
    public let security: Security
    /// Its name or address; its certificate must be for this.
    public let host: String
    /// Its port.
    public let port: Int
    /// Who Fovea is there; `nil` where nobody is asked.
    public let user: String?
    let password: String?

    /// How the way to a server is protected.
    public enum Security: String, Sendable, CaseIterable {
        /// It begins in plain text, and turns to TLS before anything is said; never on without.
        case startTLS = "smtp"
        /// TLS from the first byte.
        case implicitTLS = "smtps"
        /// Plain text, for a relay on this machine.
        case none = "smtp+plain"
    }

    /// Reads `smtp://user:password@host:587`, `smtps://…:465` or `smtp+plain://localhost:25`, with `%40` for an `@` in a
    /// user or password. The words of an error hold nothing of the URL, as there may be a password anywhere in it.
    public init(url text: String) throws(MailServerError) {
        guard let parts = URLComponents(string: text),
            let security = Security(rawValue: parts.scheme?.lowercased() ?? ""), let host = parts.host, !host.isEmpty,
            parts.query == nil, parts.fragment == nil,
            ["", "/"].contains(parts.path), 1...65_535 ~= parts.port ?? security.usualPort
        else {
            throw MailServerError(
                description: "is not smtp://USER:PASSWORD@HOST:587, smtps://…:465 or smtp+plain://HOST:25"
                    + " (in a user or password write %40 for @, %2F for / and %23 for #)")
        }
        let user = parts.user.flatMap { $0.isEmpty ? nil : $0 }
        guard security != .none || user == nil else {
            throw MailServerError(
                description: "would send a password that anybody between could read: smtp+plain takes no user."
                    + " Use smtp:// or smtps://")
        }
        self.security = security
        self.host = host.trimmingCharacters(in: ["[", "]"])
        self.user = user
        password = parts.password
        port = parts.port ?? security.usualPort
    }

    /// The server without the password.
    public var description: String {
        let address = "\(security.rawValue)://\(bracketedHost):\(port)"
        return user.map { "\(address) as \($0)" } ?? address
    }

    var bracketedHost: String { host.contains(":") ? "[\(host)]" : host }
}

extension MailServer.Security {
    fileprivate var usualPort: Int {
        switch self {
        case .startTLS: 587
        case .implicitTLS: 465
        case .none: 25
        }
    }
}

/// Why a URL is none of a mail server, as the end of a sentence that begins with its name.
public struct MailServerError: Error, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let description: String
}
