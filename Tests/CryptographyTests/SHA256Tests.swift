import Cryptography
import Testing

@Suite struct SHA256Tests {
    /// FIPS 180-4 examples.
    @Test func knownDigests() {
        #expect(SHA256().hexadecimal() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        var hash = SHA256()
        hash.update(Array("abc".utf8))
        #expect(hash.hexadecimal() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func piecesGiveTheDigestOfTheWhole() {
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var whole = SHA256()
        whole.update(bytes)
        var pieces = SHA256()
        for start in stride(from: 0, to: bytes.count, by: 777) {
            pieces.update(Array(bytes[start..<min(start + 777, bytes.count)]))
        }
        #expect(whole.hexadecimal() == pieces.hexadecimal())
    }
}
