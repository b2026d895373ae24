import CSodium

/// HMAC with SHA-256 (RFC 2104): proves that bytes come from somebody who knows a key.
public enum HMACSHA256 {
    /// The code of a message, 32 bytes. A key may have any length.
    public static func code(for message: [UInt8], key: [UInt8]) -> [UInt8] {
        var state = crypto_auth_hmacsha256_state()
        crypto_auth_hmacsha256_init(&state, key, key.count)
        crypto_auth_hmacsha256_update(&state, message, UInt64(message.count))
        var code = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_BYTES))
        crypto_auth_hmacsha256_final(&state, &code)
        return code
    }
}
