/// The JSON that answers: does this bucket do what its retention says?
public struct RetentionDocument: Sendable, Equatable, Codable {
    /// The rule.
    public var rule: Retention
    /// Photos with a record.
    public var photos: Int
    /// Photos of those whose original is kept.
    public var kept: Int
    /// Photos whose original is recorded as erased.
    public var erased: Int
    /// Originals that should be gone by now and are still to be erased.
    public var due: Int
    /// When the next original goes that has time yet, ISO 8601 with milliseconds; absent where there is none.
    public var nextErasure: String?
    /// What was found stored of photos that are recorded as erased, looked up just now. Nothing should be.
    public var leftovers: [Leftover]

    /// An object that should be gone.
    public struct Leftover: Sendable, Equatable, Codable {
        /// Whose it is.
        public var photo: PhotoID
        /// Which it is: `original`, `thumbnail256` or `thumbnail1440`.
        public var kind: String
    }

    /// The answer for a bucket.
    public init(_ document: BucketDocument, erased: Int, leftovers: [ObjectKey]) {
        rule = document.bucket.retention
        photos = document.holds.photos
        kept = document.holds.originals
        self.erased = erased
        due = document.holds.due
        nextErasure = document.holds.nextErasure
        self.leftovers = leftovers.map { Leftover(photo: $0.photo, kind: $0.kind.rawValue) }
    }
}
