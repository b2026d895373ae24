import Domain
import Testing

struct RecipientShownTests {
    @Test(arguments: [
        ("owner", "owner"), ("ann@example.org", "ann@example.org"),
        ("https://example.org/hook", "https://example.org/hook"),
        ("https://hooks.example.org/services/T1/secret", "https://hooks.example.org/services/…"),
        ("https://ann:secret@example.org:8443/h?token=secret&x=1", "https://example.org:8443/h?…"),
        ("http://secret@example.org", "http://example.org"),
        ("https://hook.example.org/q8zsecretsecretsecret", "https://hook.example.org/q8zs…"),
        ("https://api.example.org/bot123456:secret/send?x=1", "https://api.example.org/bot1…/…"),
    ])
    func secretsAreLeftOut(_ text: String, _ shown: String) throws {
        #expect(try #require(Recipient(text)).shown == shown)
    }
}
