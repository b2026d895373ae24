import CCurl

/// A URL as libcurl reads it. What is judged must be what is asked: two readers may see two hosts in one hostile URL.
final class WebAddress {
    /// libcurl's URL, which must live until the transfer is over.
    let handle: OpaquePointer
    /// `http` or `https`.
    let scheme: String
    /// The name or address of the host, without brackets.
    let host: String
    /// `example.org:8123`: what may be said of a URL whose path may be a secret.
    let hostAndPort: String

    /// Reads a URL; `nil` for what is none of the web.
    init?(_ text: String) {
        guard let handle = curl_url() else { return nil }
        guard curl_url_set(handle, CURLUPART_URL, text, 0) == CURLUE_OK,
            let scheme = Self.part(CURLUPART_SCHEME, of: handle), ["http", "https"].contains(scheme),
            let host = Self.part(CURLUPART_HOST, of: handle), !host.isEmpty
        else {
            curl_url_cleanup(handle)
            return nil
        }
        self.handle = handle
        self.scheme = scheme
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        hostAndPort = Self.part(CURLUPART_PORT, of: handle).map { "\(host):\($0)" } ?? host
    }

    deinit {
        curl_url_cleanup(handle)
    }

    private static func part(_ part: CURLUPart, of handle: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
