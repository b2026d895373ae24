public import Domain
import Foundation
public import NetworkClient

/// Tells programs: each announcement is a signed `POST`, by the Standard Webhooks specification.
public struct WebhookNotifier: Notifier {
    private let client: WebClient
    private let keyring: WebhookKeyring

    /// A notifier that sends with `client` and signs with the secrets of `keyring`.
    public init(client: WebClient, keyring: WebhookKeyring) {
        self.client = client
        self.keyring = keyring
    }

    /// Tells one announcement; what is for anybody but a program is refused.
    public func deliver(_ delivery: Delivery) async throws(DeliveryError) {
        guard case .webhook(let url) = delivery.recipient else {
            throw .permanent(reason: "\(delivery.recipient) is no webhook")
        }
        let body = try WebhookMessage(delivery).json()
        let headers = try headers(id: delivery.key.description, body: body)
        let answer: HTTPAnswer
        do throws(WebError) {
            answer = try await client.post(body, to: url, headers: headers)
        } catch {
            throw DeliveryError(error)
        }
        try Self.judge(answer, by: url.host(percentEncoded: false) ?? "")
    }

    /// The signature is of this try, as receivers refuse what is older than some minutes.
    private func headers(id: String, body: Data) throws(DeliveryError) -> [(name: String, value: String)] {
        let now = Date.now
        let timestamp = Int(now.timeIntervalSince1970)
        let secrets: [WebhookSecret]
        do throws(KeyringError) {
            secrets = try keyring.secrets(at: now)
        } catch {
            throw .transient(reason: "cannot sign: \(error)", retryAfter: nil)
        }
        let signatures = secrets.map { $0.signature(id: id, timestamp: timestamp, body: body) }
        return [
            ("Content-Type", "application/json"), ("webhook-id", id), ("webhook-timestamp", "\(timestamp)"),
            ("webhook-signature", signatures.joined(separator: " ")), ("Idempotency-Key", id),
        ]
    }

    private static func judge(_ answer: HTTPAnswer, by host: String) throws(DeliveryError) {
        switch answer.status {
        case 200..<300: return
        case 410: throw .permanent(reason: "\(host) answered 410 Gone: it wants no more of these")
        default:
            throw .transient(
                reason: "\(host) answered \(answer.status)", retryAfter: answer.retryAfter.map { .seconds($0) })
        }
    }
}

extension DeliveryError {
    /// What becomes of an announcement whose receiver did not answer.
    fileprivate init(_ error: WebError) {
        switch error {
        case .notAskable(let reason): self = .permanent(reason: reason)
        case .failed(let reason): self = .transient(reason: reason, retryAfter: nil)
        case .refusedAddress(let address, let host):
            let isName = AddressPolicy.isName(host)
            let place = isName ? "\(host) (\(address))" : host
            let entry = isName ? host : address.unwrapped.description
            self = .permanent(
                reason: "\(place) is not of the public Internet, and webhooks go nowhere else unless told: to allow it,"
                    + " start the server with FOVEA_WEBHOOK_ALLOW=\(entry), then try again")
        }
    }
}
