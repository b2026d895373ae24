import CCurl
public import Foundation

/// Sends requests to servers that somebody named: only over HTTP and HTTPS, only to addresses that may be reached, never
/// for long.
public struct WebClient: Sendable {
    private let userAgent: String
    private let policy: AddressPolicy
    private let authority: String?

    /// How often a request is sent on to where an answer says.
    private static let mostRedirects = 3

    /// A client that says it is `userAgent` and connects to what `policy` allows. `authority` is a file of certificates
    /// (PEM) that are trusted besides those of the system.
    public init(userAgent: String, policy: AddressPolicy, authority: String? = nil) {
        self.userAgent = userAgent
        self.policy = policy
        self.authority = authority
    }

    /// The answer to `POST`, whatever its status. It takes at most `timeout`, and 5 seconds for each connection. Redirects
    /// that keep the body (307, 308) are followed.
    public func post(
        _ body: Data, to url: URL, headers: [(name: String, value: String)], timeout: Duration = .seconds(15)
    ) async throws(WebError) -> HTTPAnswer {
        let lines = headers.map { "\($0.name): \($0.value)" }
        return try await onOwnThread { abandonment throws(WebError) in
            let end = ContinuousClock.now + timeout
            var target = try Self.read(url.absoluteString)
            for _ in 0...Self.mostRedirects {
                let request = try WebRequest(target, policy, abandonment)
                request.identify(userAgent, authority: authority)
                request.post(body, lines, timeout: end - .now)
                let answer = try request.perform()
                guard let next = request.redirect else { return answer }
                target = try Self.follow(answer.status, from: target, to: next)
            }
            throw .failed(reason: "\(target.hostAndPort) redirects more than \(Self.mostRedirects) times")
        }
    }

    private static func read(_ text: String) throws(WebError) -> WebAddress {
        guard let address = WebAddress(text) else {
            throw .notAskable(reason: "only http:// and https:// URLs with a host can be asked, also after redirects")
        }
        return address
    }

    private static func follow(_ status: Int, from old: WebAddress, to text: String) throws(WebError) -> WebAddress {
        guard [307, 308].contains(status) else {
            let remedy = "name the address that it redirects to, or answer with 307 or 308"
            throw .failed(
                reason: "\(old.hostAndPort) answers with the redirect \(status), which loses what is sent: \(remedy)")
        }
        let new = try read(text)
        guard old.scheme != "https" || new.scheme == "https" else {
            throw .failed(reason: "\(old.hostAndPort) redirects from https to http, which anybody between could read")
        }
        return new
    }
}

/// Why a request to a named server got no answer. The words name the server, never the path: that may be a secret.
public enum WebError: Error, Sendable, Equatable {
    /// What is named cannot be asked: no HTTP, or no host.
    case notAskable(reason: String)
    /// Its address is one that may not be connected to.
    case refusedAddress(NetworkAddress, host: String)
    /// It is away, does not speak as it should, or took too long.
    case failed(reason: String)
}
