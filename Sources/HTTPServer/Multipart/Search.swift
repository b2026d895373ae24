extension [UInt8] {
    /// The bytes from `start` up to the next `pattern`, and whether it is there. Where it is not, the bytes stop before
    /// what may be the pattern's beginning.
    func text(before pattern: [UInt8], from start: Int) -> (text: ArraySlice<UInt8>, isFound: Bool) {
        guard let first = pattern.first else { return (self[start..<start], true) }
        var index = start
        while let candidate = self[index...].firstIndex(of: first) {
            let rest = self[candidate...].prefix(pattern.count)
            if pattern.starts(with: rest) { return (self[start..<candidate], rest.count == pattern.count) }
            index = candidate + 1
        }
        return (self[start...], false)
    }
}
