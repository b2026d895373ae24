import CCurl
import Foundation

/// One request to a named server, without its redirects.
final class WebRequest {
    private let curl: CurlHandle
    private let address: WebAddress
    private let guardian: AddressGuard
    private let abandonment: Abandonment
    private let received = ReceivedBody(most: WebRequest.mostBytes)

    /// The most bytes of an answer that are kept.
    private static let mostBytes = 65_536
    private static let connectSeconds = 5

    init(_ address: WebAddress, _ policy: AddressPolicy, _ abandonment: Abandonment) throws(WebError) {
        guard let curl = CurlHandle() else { throw .failed(reason: "there is no memory for a request") }
        self.curl = curl
        self.address = address
        self.abandonment = abandonment
        guardian = AddressGuard(policy, host: address.host)
        curl.set(CURLOPT_PROTOCOLS_STR, "http,https")
        curl.set(url: address.handle)
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
        let code = withExtendedLifetime((address, received, guardian, abandonment)) { curl.perform() }
        guard code == CURLE_OK || (code == CURLE_WRITE_ERROR && received.isCut) else {
            if let refused = guardian.refused, !guardian.hasTried {
                throw .refusedAddress(refused, host: address.host)
            }
            throw .failed(reason: "\(address.hostAndPort): \(words(for: code))")
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
