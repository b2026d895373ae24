/// Numbers in a grid: what goes into a model and what comes out.
public struct Tensor: Sendable, Equatable {
    /// The length of each axis, the slowest first.
    public let shape: [Int]
    /// The numbers, the last axis running fastest; as many as the product of `shape`.
    public let values: [Float]

    /// Wraps numbers; there must be as many as the product of `shape`.
    public init(shape: [Int], values: [Float]) {
        precondition(shape.reduce(1, *) == values.count, "a tensor needs as many values as its shape says")
        self.shape = shape
        self.values = values
    }
}
