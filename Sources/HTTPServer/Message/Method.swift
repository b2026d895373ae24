/// What a request asks to be done (RFC 9110 §9); other methods are refused with 501.
public enum Method: String, Sendable, Hashable, CaseIterable {
    /// Read.
    case get = "GET"
    /// Read the headers alone; answered from `get`.
    case head = "HEAD"
    /// Add or do something.
    case post = "POST"
    /// Store under this very name.
    case put = "PUT"
    /// Remove.
    case delete = "DELETE"
    /// Ask what is allowed; answered by the router.
    case options = "OPTIONS"
    /// Change a part.
    case patch = "PATCH"
}
