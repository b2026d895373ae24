import CSodium

/// Bytes that nobody can guess.
public enum Randomness {
    /// So many bytes, from the system.
    public static func bytes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        randombytes_buf(&bytes, count)
        return bytes
    }
}
