public import Foundation

/// Somebody who is told of results.
public enum Recipient: Sendable, Hashable {
    /// The owner of this Fovea, at the e-mail address that the server is started with; nobody where it has none.
    case owner
    /// Somebody's e-mail address.
    case email(String)
    /// A program that takes `POST` requests at this address, `http` or `https`.
    case webhook(URL)
}

extension Recipient: LosslessStringConvertible {
    /// `owner`, an e-mail address or a URL.
    public var description: String {
        switch self {
        case .owner: "owner"
        case .email(let address): address
        case .webhook(let url): url.absoluteString
        }
    }

    /// Reads what `description` writes; `nil` for anything else.
    public init?(_ text: String) {
        if text == "owner" {
            self = .owner
        } else if Self.isAddress(text) {
            self = .email(text)
        } else if let url = Self.url(text) {
            self = .webhook(url)
        } else {
            return nil
        }
    }

    /// What can be written, for whoever wrote something else.
    public static let rule = "owner, an e-mail address, or a URL that begins with http:// or https://"

    /// The longest address or URL, in bytes.
    private static let longest = 2000

    /// One @ with something before it and a name of a host behind, nothing that could end a line or a list of a mail's
    /// header. Whether the address exists only its server knows.
    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, !parts[0].isEmpty, parts[0].utf8.count <= 64 else {
            return false
        }
        let special = Set("()<>[]:;,\\\"/ ".unicodeScalars)
        let isPlain = text.unicodeScalars.allSatisfy { (0x21...0x7E).contains($0.value) && !special.contains($0) }
        let host = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return isPlain && host.allSatisfy { !$0.isEmpty && !$0.hasPrefix("-") && !$0.hasSuffix("-") }
    }

    private static func url(_ text: String) -> URL? {
        let isPlain = text.unicodeScalars.allSatisfy { (0x21...0x7E).contains($0.value) }
        guard isPlain, text.utf8.count <= longest, let parts = URLComponents(string: text), let url = parts.url,
            ["http", "https"].contains(parts.scheme?.lowercased()), parts.host?.isEmpty == false, parts.fragment == nil
        else { return nil }
        return url
    }
}

extension Recipient: WrittenAsText {}
