/// Which of a number of things hang together (union-find with path halving).
struct DisjointSets {
    private var parents: [Int]

    /// `count` things, each by itself.
    init(count: Int) {
        parents = Array(0..<count)
    }

    /// One thing that stands for all that hang together with this one.
    mutating func representative(of thing: Int) -> Int {
        var thing = thing
        while parents[thing] != thing {
            parents[thing] = parents[parents[thing]]
            thing = parents[thing]
        }
        return thing
    }

    /// Makes two things, and all that hangs on them, hang together.
    mutating func join(_ first: Int, _ second: Int) {
        let (first, second) = (representative(of: first), representative(of: second))
        parents[max(first, second)] = min(first, second)
    }
}
