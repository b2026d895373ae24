/// Why a multipart body cannot be read.
public struct MultipartError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What programs tell errors apart by.
    public let code: String
    /// What is wrong, for a person.
    public let description: String
    /// Whether the body is well-formed so far but has more than is accepted.
    public let isLimit: Bool

    init(_ code: String, _ description: String, isLimit: Bool = false) {
        self.code = code
        self.description = description
        self.isLimit = isLimit
    }
}
