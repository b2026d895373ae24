/// What a picture's file says of itself, read while it is decoded.
public struct PictureFacts: Sendable, Equatable, Codable {
    /// Width in pixels, upright.
    public var width: Int
    /// Height in pixels, upright.
    public var height: Int
    /// The kind of file, by its content.
    public var format: ImageFormat
    /// The EXIF orientation it was stored with, 1…8; 1 when it says nothing.
    public var orientation: Int
    /// When it was taken, where the file says so.
    public var takenAt: TakenAt?
    /// Where it was taken, where the file says so.
    public var location: Location?
    /// What took it, `Canon EOS 40D`, where the file says so.
    public var camera: String?

    /// Puts the facts together.
    public init(
        width: Int, height: Int, format: ImageFormat, orientation: Int = 1, takenAt: TakenAt? = nil,
        location: Location? = nil, camera: String? = nil
    ) {
        self.width = width
        self.height = height
        self.format = format
        self.orientation = orientation
        self.takenAt = takenAt
        self.location = location
        self.camera = camera
    }
}

/// Where a picture was taken.
public struct Location: Sendable, Equatable, Codable {
    /// Degrees north of the equator, -90…90.
    public var latitude: Double
    /// Degrees east of Greenwich, -180…180.
    public var longitude: Double
    /// Metres above the sea, negative below; absent when unknown.
    public var altitude: Double?

    /// Describes a place.
    public init(latitude: Double, longitude: Double, altitude: Double? = nil) {
        self.latitude = latitude
        self.longitude = longitude
        self.altitude = altitude
    }
}

/// When a picture was taken: the clock on the wall, the offset where it is known, and who says so.
public struct TakenAt: Sendable, Equatable, Codable {
    /// Local time, `YYYY-MM-DDTHH:MM:SS`.
    public var local: String
    /// Offset from UTC, `+HH:MM` or `-HH:MM`; absent when unknown, never guessed.
    public var offset: String?
    /// Where the time comes from.
    public var source: Source

    /// Puts a time together.
    public init(local: String, offset: String? = nil, source: Source) {
        self.local = local
        self.offset = offset
        self.source = source
    }

    /// Who says when a picture was taken.
    public enum Source: String, Sendable, Codable {
        /// The camera, in EXIF.
        case exif
        /// The date of the file.
        case file
        /// A person, who is always right.
        case person
    }
}
