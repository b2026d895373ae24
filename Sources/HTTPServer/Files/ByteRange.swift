/// A range of bytes that a request asks for (RFC 9110 §14.1.2). Single ranges only; several are answered whole.
enum ByteRange: Equatable {
    /// There is no range asked for, or none that is understood: everything is sent.
    case whole
    case part(Range<Int>)
    /// Nothing of it lies within the file.
    case unsatisfiable

    /// Reads `bytes=0-99`, `bytes=100-` or `bytes=-50` for a file of `size` bytes.
    init(_ header: String?, size: Int) {
        self = .whole
        guard let header, header.lowercased().hasPrefix("bytes=") else { return }
        let ends = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let first = Self.number(ends[0]), let last = Self.number(ends[1]) else { return }
        switch (first, last) {
        case (nil, nil):
            return
        case (nil, let count?):
            self = count > 0 && size > 0 ? .part(max(0, size - count)..<size) : .unsatisfiable
        case (let first?, nil):
            self = first < size ? .part(first..<size) : .unsatisfiable
        case (let first?, let last?):
            guard first <= last else { return }
            self = first < size ? .part(first..<(min(last, size - 1) + 1)) : .unsatisfiable
        }
    }

    /// A number, or `.some(nil)` where there are no digits; `nil` where there is something else.
    private static func number(_ text: Substring) -> Int?? {
        guard !text.isEmpty else { return .some(nil) }
        let areDigits = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return areDigits ? Int(text).map { .some($0) } : nil
    }
}
