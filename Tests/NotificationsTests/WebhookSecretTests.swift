import Foundation
import Testing

@testable import Notifications

@Suite struct WebhookSecretTests {
    /// The example of the Standard Webhooks specification's own libraries.
    @Test func theSignatureIsThatOfTheSpecification() throws {
        let secret = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let signature = secret.signature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: Data(#"{"test": 2432232314}"#.utf8))
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test func aSecretIsReadAsItIsWritten() {
        let secret = WebhookSecret()
        #expect(secret.text.hasPrefix("whsec_"))
        #expect(WebhookSecret(secret.text) == secret)
        #expect(WebhookSecret() != secret)
        #expect(!"\(secret)".contains(secret.text))
    }

    @Test(arguments: ["", "whsec_", "whsec_short", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS", "secret", "whsec_!!!!"])
    func whatIsNoSecretIsRefused(text: String) {
        #expect(WebhookSecret(text) == nil)
    }
}
