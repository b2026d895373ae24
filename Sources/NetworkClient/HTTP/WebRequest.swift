import CCurl
import Foundation

/// One request to a named server, without its redirects.
final class WebRequest {
    private let curl: CurlHandle
    private let url: URL
    private let host: String
    private let guardian: AddressGuard
    private let abandonment: Abandonment
    private let received = ReceivedBody(most: WebRequest.mostBytes)

    /// The most bytes of an answer that are kept.
    private static let mostBytes = 65_536
    private static let connectSeconds = 5

    init(_ url: URL, _ policy: AddressPolicy, _ abandonment: Abandonment) throws(WebError) {
        guard ["http", "https"].contains(url.scheme?.lowercased()), let host = url.host(percentEncoded: false),
            !host.isEmpty, let curl = CurlHandle()
        else { throw .notAskable(reason: "only http:// and https:// URLs with a host can be asked") }
        self.curl = curl
        self.url = url
        self.host = host
        self.abandonment = abandonment
        guardian = AddressGuard(policy, host: host)
        curl.set(CURLOPT_PROTOCOLS_STR, "http,https")
        curl.set(CURLOPT_URL, url.absoluteString)
        curl.set(CURLOPT_FOLLOWLOCATION, 0)
        curl.set(CURLOPT_CONNECTTIMEOUT, Self.connectSeconds)
        curl.set(CURLOPT_WRITEFUNCTION, appendToReceivedBody, CURLOPT_WRITEDATA, received)
        curl.set(opener: openGuardedSocket, guardian)
        curl.set(progress: goOnUnlessAbandoned, abandonment)
    }

    func identify(_ userAgent: String, authority: String?) {
        curl.set(CURLOPT_USERAGENT, userAgent)
        if let authority { curl.set(CURLOPT_CAINFO, authority) }
    }

    func post(_ body: Data, _ headers: [String], timeout: Duration) {
        // Zero would mean for ever.
        curl.set(CURLOPT_TIMEOUT_MS, max(1, Int(timeout / .milliseconds(1))))
        curl.set(CURLOPT_POST, 1)
        curl.set(CURLOPT_POSTFIELDSIZE_LARGE, bytes: body.count)
        body.withUnsafeBytes { curl.set(copying: $0) }
        // Without `Expect`: what is sent is small, and some servers never answer it.
        curl.set(CURLOPT_HTTPHEADER, headers + ["Expect:"])
    }

    /// Sends it and waits for the answer.
    func perform() throws(WebError) -> HTTPAnswer {
        let code = withExtendedLifetime((received, guardian, abandonment)) { curl.perform() }
        guard code == CURLE_OK || (code == CURLE_WRITE_ERROR && received.isCut) else {
            if let address = guardian.refused, !guardian.hasTried { throw .refusedAddress(address, host: host) }
            throw .failed(reason: "\(url.hostAndPort): \(words(for: code))")
        }
        return HTTPAnswer(
            status: curl.number(CURLINFO_RESPONSE_CODE), retryAfter: curl.retryAfter, body: received.data)
    }

    /// Where the answer says to go instead.
    var redirect: String? { curl.text(CURLINFO_REDIRECT_URL) }

    private func words(for code: CURLcode) -> String {
        switch code {
        case CURLE_OPERATION_TIMEDOUT: "no answer in time"
        case CURLE_ABORTED_BY_CALLBACK: "given up, as nobody waits any more"
        default: curl.reason(for: code)
        }
    }
}

extension URL {
    /// `example.org:8123`: what may be said of a URL whose path may be a secret.
    var hostAndPort: String {
        let host = host(percentEncoded: false) ?? "?"
        let shown = host.contains(":") ? "[\(host)]" : host
        return port.map { "\(shown):\($0)" } ?? shown
    }
}
