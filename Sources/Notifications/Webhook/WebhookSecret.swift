import Cryptography
import Foundation

/// What a receiver of webhooks shares with this Fovea, by which it knows that an announcement comes from here. As the
/// Standard Webhooks specification has it: `whsec_` and 24 to 64 bytes in Base64.
public struct WebhookSecret: Sendable, Equatable {
    private let key: [UInt8]

    private static let prefix = "whsec_"

    /// A new secret of 32 bytes.
    public init() {
        key = Randomness.bytes(32)
    }

    /// Reads a secret as it is written; `nil` for anything else.
    public init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), let key = Data(base64Encoded: String(text.dropFirst(Self.prefix.count))),
            24...64 ~= key.count
        else { return nil }
        self.key = Array(key)
    }

    /// The secret as it is written. Not a `description`, so that no log line holds it by mistake.
    public var text: String { Self.prefix + Data(key).base64EncodedString() }

    /// What the header `webhook-signature` says of a message: `v1,` and HMAC-SHA256 of `id.timestamp.body` in Base64.
    func signature(id: String, timestamp: Int, body: Data) -> String {
        let signed = Array("\(id).\(timestamp).".utf8) + body
        return "v1," + Data(HMACSHA256.code(for: signed, key: key)).base64EncodedString()
    }
}
