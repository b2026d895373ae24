import Foundation

extension String {
    /// As one segment of a URL's path, or as a value in its query.
    var urlEncoded: String {
        addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
