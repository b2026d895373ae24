/// Fills memory from its start and says where each piece went.
struct OutputWriter {
    private let output: UnsafeMutableRawBufferPointer
    private var used = 0

    init(_ output: UnsafeMutableRawBufferPointer) {
        self.output = output
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) throws(VipsError) -> Range<Int> {
        guard bytes.count <= output.count - used else { throw VipsError("out of memory: the output is full") }
        UnsafeMutableRawBufferPointer(rebasing: output[used...]).copyMemory(from: bytes)
        defer { used += bytes.count }
        return used..<used + bytes.count
    }
}
