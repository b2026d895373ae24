import Foundation

extension Recipient {
    /// The recipient for logs and lists: of a URL no more than tells it from others, for its user, its query and its path
    /// behind the first word are often secrets.
    public var shown: String {
        guard case .webhook(let url) = self, var parts = URLComponents(url: url, resolvingAgainstBaseURL: false) else {
            return description
        }
        let path = parts.percentEncodedPath.split(separator: "/")
        let isWhole = path.count <= 1 && parts.percentEncodedQuery == nil
        parts.user = nil
        parts.password = nil
        parts.percentEncodedQuery = nil
        parts.percentEncodedPath = ""
        let first = path.first.map { $0.count > Self.longestWord ? "/\($0.prefix(4))…" : "/\($0)" } ?? ""
        return (parts.string ?? "a webhook") + first + (isWhole ? "" : path.count > 1 ? "/…" : "?…")
    }

    /// What is longer is hardly a word, and may be a secret though nothing comes behind it.
    private static let longestWord = 12
}
