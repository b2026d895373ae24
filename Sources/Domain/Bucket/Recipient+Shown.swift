import Foundation

extension Recipient {
    /// The recipient for logs and lists: of a URL no more than tells it from others, for its user, its query and the end of
    /// its path are often secrets.
    public var shown: String {
        guard case .webhook(let url) = self, var parts = URLComponents(url: url, resolvingAgainstBaseURL: false) else {
            return description
        }
        let path = parts.percentEncodedPath.split(separator: "/")
        let isWhole = path.count <= 1 && parts.percentEncodedQuery == nil
        parts.user = nil
        parts.password = nil
        parts.percentEncodedQuery = nil
        parts.percentEncodedPath = path.first.map { "/\($0)" } ?? ""
        return (parts.string ?? "a webhook") + (isWhole ? "" : path.count > 1 ? "/…" : "?…")
    }
}
