/// Turns the bytes of an original into pixels. Hostile bytes meet only what stands behind this protocol.
public protocol PictureDecoder: Sendable {
    /// Decodes the picture in `file`, upright, once, into everything that `order` asks for.
    ///
    /// Throws `permanent` for what is not an acceptable picture, `crash` when the decoder died over it.
    func decode(_ file: OpenFile, for order: DecodeOrder) async throws(ProcessingError) -> DecodedPicture
}

/// What is wanted of one decode.
public struct DecodeOrder: Sendable, Equatable, Codable {
    /// The longest side of the thumbnail in pixels; `nil` for no thumbnail.
    public var thumbnailSide: Int?
    /// The views the models need.
    public var views: [PictureView]
    /// The most pixels a picture may have by its header.
    public var maximumPixels: Int

    /// The default limit: 100 megapixels.
    public static let defaultMaximumPixels = 100_000_000

    /// Describes what is wanted.
    public init(thumbnailSide: Int?, views: [PictureView], maximumPixels: Int = DecodeOrder.defaultMaximumPixels) {
        self.thumbnailSide = thumbnailSide
        self.views = views
        self.maximumPixels = maximumPixels
    }
}

/// A decoded picture: what the file says of itself and the pixels that were ordered.
public struct DecodedPicture: Sendable, Equatable {
    /// What the file says of itself.
    public let facts: PictureFacts
    /// The thumbnail as a WebP file, where one was ordered.
    public let thumbnail: [UInt8]?
    /// The pixels of each ordered view, by its name.
    public let views: [String: Pixels]

    /// Puts a decoded picture together.
    public init(facts: PictureFacts, thumbnail: [UInt8]?, views: [String: Pixels]) {
        self.facts = facts
        self.thumbnail = thumbnail
        self.views = views
    }
}
