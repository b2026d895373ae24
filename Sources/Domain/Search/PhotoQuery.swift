/// Which photos are wanted: all conditions must hold.
public struct PhotoQuery: Sendable, Equatable {
    /// In this bucket.
    public var bucket: BucketName?
    /// With this status.
    public var status: Photo.Status?
    /// With each of these labels, compared without regard to case.
    public var labels: [String]
    /// With each of these words, in any form (`dogs` finds `dog`), in the name of a label that is at least
    /// `standardConfidence` sure, or in the key. A word that ends in `*` stands for every word that begins so.
    public var words: [String]
    /// How sure a label must be to count, 0…100.
    public var minConfidence: Double

    /// How sure a label must be to be found when nobody says otherwise.
    ///
    /// Lower than what is shown (`LabelLimits.standard`): who searches would rather see one too many.
    public static let standardConfidence = 50.0

    /// Describes a query; without conditions it means every photo.
    public init(
        bucket: BucketName? = nil, status: Photo.Status? = nil, labels: [String] = [], words: [String] = [],
        minConfidence: Double = PhotoQuery.standardConfidence
    ) {
        self.bucket = bucket
        self.status = status
        self.labels = labels
        self.words = words
        self.minConfidence = minConfidence
    }
}

/// A place in a list of results, opaque to whoever holds it.
public struct Cursor: Sendable, Equatable, RawRepresentable {
    /// The text that is handed out.
    public let rawValue: String

    /// Any text; whether it is a cursor shows when it is used.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// One page of results.
public struct PhotoPage: Sendable, Equatable {
    /// The photos, newest first.
    public var photos: [Photo]
    /// Where the next page begins; `nil` at the end.
    public var next: Cursor?

    /// Describes a page.
    public init(photos: [Photo], next: Cursor?) {
        self.photos = photos
        self.next = next
    }
}
