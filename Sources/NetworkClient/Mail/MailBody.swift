import CCurl
import Foundation

/// A message as libcurl sends it: text and HTML beside each other (RFC 2046 alternatives), quoted-printable.
final class MailBody {
    private let mime: OpaquePointer

    /// Has the handle send a message; `nil` when there is no memory for it. It must live until that is done.
    init?(_ mail: Mail, _ curl: CurlHandle) {
        guard let mime = curl.mime() else { return nil }
        self.mime = mime
        guard Self.add(mail.text, "text/plain; charset=utf-8", to: mime),
            Self.add(mail.html, "text/html; charset=utf-8", to: mime)
        else {
            curl_mime_free(mime)
            return nil
        }
        let header = mail.header.map { "\($0.name): \($0.value)" }
        curl.set(CURLOPT_HTTPHEADER, header + ["Content-Type: multipart/alternative"])
        curl.set(mime: mime)
    }

    deinit {
        curl_mime_free(mime)
    }

    private static func add(_ content: String, _ type: String, to mime: OpaquePointer) -> Bool {
        guard let part = curl_mime_addpart(mime) else { return false }
        let bytes = Array(content.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n").utf8)
        let isFilled = bytes.withUnsafeBytes { bytes in
            curl_mime_data(part, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count) == CURLE_OK
        }
        return isFilled && curl_mime_type(part, type) == CURLE_OK
            && curl_mime_encoder(part, "quoted-printable") == CURLE_OK
    }
}
