/// What a bucket holds, counted: the answer to "what have I got here?".
public struct LibrarySummary: Sendable, Equatable, Codable {
    /// All photos.
    public var photos = 0
    /// Photos by how far their way has come; only what there is.
    public var states: [Photo.Status: Int] = [:]
    /// Photos by kind of file, most first; like all that follows, of photos that were looked at.
    public var formats: [NamedCount] = []
    /// What the pictures are of, broadly: labels that are no kind of anything and have others below them, most first.
    public var kinds: [NamedCount] = []
    /// What is in the pictures, as exactly as it is known, most first: `Cat` goes before `Animal`.
    public var labels: [NamedCount] = []
    /// The faces.
    public var faces = Faces()
    /// Photos in which something can be read.
    public var withText = 0
    /// Where photos were taken.
    public var places = Places()
    /// Photos by the year in which they were taken, oldest first.
    public var years: [NamedCount] = []
    /// Photos by what took them, most first.
    public var cameras: [NamedCount] = []
    /// Photos whose originals have the same bytes.
    public var duplicates = Duplicates()
    /// Photos that not everybody wants to see, with a confidence of at least ``sensitiveConfidence``.
    public var sensitive = 0

    /// How sure moderation must be for a photo to be counted as sensitive, 0…100.
    public static let sensitiveConfidence = 50.0
    /// At most so many labels, kinds, cameras and areas are named.
    public static let mostNames = 20

    /// Counts nothing.
    public init() {}

    /// The faces found.
    public struct Faces: Sendable, Equatable, Codable {
        /// Photos with a face.
        public var photos = 0
        /// All faces.
        public var faces = 0
        /// Photos with one face.
        public var one = 0
        /// Photos with two, three or four.
        public var few = 0
        /// Photos with five or more.
        public var many = 0

        /// Counts none.
        public init() {}
    }

    /// Where photos were taken, as far as their files say so.
    public struct Places: Sendable, Equatable, Codable {
        /// Photos with a position.
        public var photos = 0
        /// Where they are, in whole degrees, most photos first.
        public var areas: [Area] = []

        /// Counts none.
        public init() {}
    }

    /// All positions that round to the same whole degrees: about a hundred kilometres around.
    public struct Area: Sendable, Equatable, Codable {
        /// Degrees north of the equator, -90…90.
        public var latitude: Int
        /// Degrees east of Greenwich, -180…180.
        public var longitude: Int
        /// The number of photos.
        public var photos: Int

        /// Describes an area.
        public init(latitude: Int, longitude: Int, photos: Int) {
            self.latitude = latitude
            self.longitude = longitude
            self.photos = photos
        }
    }

    /// Originals with the same bytes.
    public struct Duplicates: Sendable, Equatable, Codable {
        /// How many originals are there more than once.
        public var groups = 0
        /// How many photos these are.
        public var photos = 0

        /// Counts none.
        public init() {}
    }
}

/// How many photos have something that has a name.
public struct NamedCount: Sendable, Equatable, Codable {
    /// What it is called.
    public var name: String
    /// The number of photos.
    public var photos: Int

    /// Describes a count.
    public init(name: String, photos: Int) {
        self.name = name
        self.photos = photos
    }
}
