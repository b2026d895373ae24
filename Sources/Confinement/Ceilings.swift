/// How much a confined process may use. Set by the parent, applied by the child before it meets its first request.
public struct Ceilings: Sendable, Equatable, Codable {
    /// The most memory in bytes that a request may map, its file and its output included, beside what the process
    /// held when it was ready.
    public var addressSpace: Int
    /// The longest that one request may take, in seconds; then the process is killed.
    public var seconds: Int
    /// How many requests a process serves before a fresh one takes its place, so that what leaks stays small.
    public var requests: Int

    /// Sets the ceilings: 1 GiB, 20 seconds and 500 requests unless told otherwise.
    public init(addressSpace: Int = 1 << 30, seconds: Int = 20, requests: Int = 500) {
        self.addressSpace = addressSpace
        self.seconds = seconds
        self.requests = requests
    }
}
