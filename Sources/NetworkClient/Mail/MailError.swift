import CCurl

/// Why a message was not taken. The words never hold the password.
public enum MailError: Error, Sendable, Equatable {
    /// The server will never take it: it refuses the sender, the recipient or the message.
    case refused(reason: String)
    /// The server is away, cannot be trusted, does not know us, or asks to come back later.
    case failed(reason: String)

    /// What the server says of who may send, which an operator can mend, though its codes are those of what is final.
    private static let loginCodes: Set<Int> = [530, 534, 535, 538]

    init(_ code: CURLcode, _ curl: CurlHandle, _ dialogue: MailDialogue, _ server: MailServer) {
        let name = "\(server.bracketedHost):\(server.port)"
        let answer = curl.number(CURLINFO_RESPONSE_CODE)
        // libcurl says so of MAIL, RCPT and DATA, and the other way of what comes after the message.
        let isAfterwards = code == CURLE_WEIRD_SERVER_REPLY && curl.size(CURLINFO_SIZE_UPLOAD_T) > 0
        let isComplaint = code == CURLE_SEND_ERROR || isAfterwards
        let said = [answer >= 400 ? "\(answer)" : nil, dialogue.complaint].compactMap { $0 }.joined(separator: " ")
        let words: String
        switch code {
        case CURLE_LOGIN_DENIED:
            words = "does not accept the user or the password of FOVEA_SMTP_URL"
        case CURLE_USE_SSL_FAILED:
            words = "offers no STARTTLS: use smtps:// with its TLS port, or smtp+plain:// for a relay on this machine"
        case CURLE_PEER_FAILED_VERIFICATION:
            words =
                "has a certificate that cannot be trusted (FOVEA_SMTP_CA names a private authority):"
                + " \(curl.reason(for: code))"
        case CURLE_OPERATION_TIMEDOUT: words = "did not answer in time"
        case CURLE_ABORTED_BY_CALLBACK: words = "was not waited for"
        case _ where Self.loginCodes.contains(answer): words = "wants a login first; FOVEA_SMTP_URL may be without one"
        case _ where isComplaint: words = "refused the message"
        default: words = "was not reached, or left: \(curl.reason(for: code))"
        }
        let reason = "the mail server \(name) \(words)" + (said.isEmpty ? "" : " (it said: \(said))")
        let redacted = server.password.map { $0.count > 3 ? reason.replacing($0, with: "…") : reason } ?? reason
        let isFinal = isComplaint && 500..<600 ~= answer && !Self.loginCodes.contains(answer)
        self = isFinal ? .refused(reason: redacted) : .failed(reason: redacted)
    }
}
