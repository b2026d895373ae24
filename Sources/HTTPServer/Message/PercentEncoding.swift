/// Text behind percent-escapes (RFC 3986 §2.1); `nil` where an escape is broken, hides a NUL, or the bytes are no UTF-8.
func percentDecoded(_ bytes: some Collection<UInt8>, plusIsSpace: Bool = false) -> String? {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
        var byte = bytes[index]
        if byte == UInt8(ascii: "%") {
            let digits = bytes[index...].dropFirst().prefix(2)
            guard digits.count == 2, let value = hexadecimal(digits) else { return nil }
            byte = value
            index = digits.endIndex
        } else {
            if plusIsSpace, byte == UInt8(ascii: "+") { byte = UInt8(ascii: " ") }
            index = bytes.index(after: index)
        }
        guard byte != 0 else { return nil }
        decoded.append(byte)
    }
    return String(validating: decoded, as: UTF8.self)
}

/// The byte that two hexadecimal digits spell; unlike `UInt8(_:radix:)`, a sign is no digit.
private func hexadecimal(_ digits: some Collection<UInt8>) -> UInt8? {
    var value: UInt8 = 0
    for digit in digits {
        guard let nibble = Character(Unicode.Scalar(digit)).hexDigitValue, digit < 0x80 else { return nil }
        value = value << 4 | UInt8(nibble)
    }
    return value
}
