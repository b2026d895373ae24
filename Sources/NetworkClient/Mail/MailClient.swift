import CCurl
import Foundation

/// Hands mail to a server that sends it on, by SMTP.
public struct MailClient: Sendable {
    /// The server.
    public let server: MailServer
    private let authority: String?

    private static let connectSeconds = 10
    /// Some servers make those whom they do not know wait for half a minute.
    private static let seconds = 60

    /// A client of a server. `authority` is a file of certificates (PEM) that are trusted besides those of the system.
    public init(_ server: MailServer, authority: String? = nil) {
        self.server = server
        self.authority = authority
    }

    /// Hands one message over; returns once the server has taken it.
    public func send(_ mail: Mail) async throws(MailError) {
        try await onOwnThread { abandonment throws(MailError) in
            guard let curl = CurlHandle(), let body = MailBody(mail, curl) else {
                throw .failed(reason: "there is no memory for a message")
            }
            let dialogue = MailDialogue()
            prepare(curl)
            curl.set(CURLOPT_MAIL_FROM, "<\(mail.sender)>")
            curl.set(CURLOPT_MAIL_RCPT, ["<\(mail.recipient)>"])
            curl.set(CURLOPT_HEADERFUNCTION, hearMailServer, CURLOPT_HEADERDATA, dialogue)
            curl.set(progress: goOnUnlessAbandoned, abandonment)
            let code = withExtendedLifetime((body, dialogue, abandonment)) { curl.perform() }
            guard code == CURLE_OK else { throw MailError(code, curl, dialogue, server) }
        }
    }

    private func prepare(_ curl: CurlHandle) {
        let scheme = server.security == .implicitTLS ? "smtps" : "smtp"
        curl.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        curl.set(CURLOPT_URL, "\(scheme)://\(server.bracketedHost):\(server.port)")
        let level = server.security == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL
        curl.set(CURLOPT_USE_SSL, Int(level.rawValue))
        curl.set(CURLOPT_CONNECTTIMEOUT, Self.connectSeconds)
        curl.set(CURLOPT_TIMEOUT, Self.seconds)
        if let authority { curl.set(CURLOPT_CAINFO, authority) }
        if let user = server.user {
            curl.set(CURLOPT_USERNAME, user)
            curl.set(CURLOPT_PASSWORD, server.password ?? "")
        }
    }
}

/// What a server says while mail is handed to it: its last complaint.
final class MailDialogue {
    private(set) var complaint: String?

    func hear(_ line: String) {
        guard let code = Int(line.prefix(3)), code >= 400 else { return }
        let words = line.dropFirst(4).filter { !$0.isNewline }
        complaint = String(words.prefix(200))
    }
}

/// libcurl calls this with each line of the server; the context is the `MailDialogue`.
func hearMailServer(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes, let context else { return 0 }
    let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: size * count), as: UTF8.self)
    Unmanaged<MailDialogue>.fromOpaque(context).takeUnretainedValue().hear(line)
    return size * count
}
