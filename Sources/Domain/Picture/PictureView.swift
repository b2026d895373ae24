/// One way of looking at a picture that a model asks for: a part of it, at a size. Made while decoding, because the
/// decoder shrinks best and knows which pixels nobody needs.
public struct PictureView: Sendable, Hashable, Codable {
    /// What the model calls it.
    public let name: String
    /// Which part of the upright picture, and how it fills the view.
    public let part: Part
    /// The view's longest side, in pixels.
    public let side: Int

    /// Describes a view.
    public init(name: String, part: Part, side: Int) {
        self.name = name
        self.part = part
        self.side = side
    }

    /// Which part of a picture fills the view.
    public enum Part: Sendable, Hashable, Codable {
        /// The square in the middle, as long as the given share (0…1) of the shorter side.
        case centreSquare(share: Double)
        /// Everything, squeezed into a square.
        case stretched
        /// Everything as it is, with the longest side `side` or less: never enlarged.
        case whole
    }
}

/// Pixels: rows from the top, red, green and blue interleaved, eight bits each.
public struct Pixels: Sendable, Equatable {
    /// Pixels in a row.
    public let width: Int
    /// Rows.
    public let height: Int
    /// `width × height × 3` bytes.
    public let rgb: [UInt8]

    /// Wraps pixels; `rgb` must hold `width × height × 3` bytes.
    public init(width: Int, height: Int, rgb: [UInt8]) {
        precondition(rgb.count == width * height * 3, "rgb must hold width × height × 3 bytes")
        self.width = width
        self.height = height
        self.rgb = rgb
    }
}
