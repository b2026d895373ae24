/// Lends strings to C as an array of pointers, which are valid inside `body` only.
func withCStrings<Result>(_ strings: [String], _ body: ([UnsafePointer<CChar>]) -> Result) -> Result {
    var characters: [CChar] = []
    var starts: [Int] = []
    for string in strings {
        starts.append(characters.count)
        characters.append(contentsOf: string.utf8CString)
    }
    return characters.withUnsafeBufferPointer { buffer in
        body(buffer.baseAddress.map { first in starts.map { first + $0 } } ?? [])
    }
}
