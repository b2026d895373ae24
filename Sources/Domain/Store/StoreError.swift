/// What goes wrong with a store.
public struct StoreError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of thing went wrong.
    public let kind: Kind
    /// What was tried, what the store said, and what to do.
    public let description: String

    /// Describes an error.
    public init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }

    /// The kinds of errors that callers tell apart.
    public enum Kind: Sendable, Equatable {
        /// No space is left.
        case full
        /// The store is in use by another process.
        case inUse
        /// The store was written by a newer version.
        case tooNew
        /// Anything else; trying again later may help.
        case unavailable
    }
}
