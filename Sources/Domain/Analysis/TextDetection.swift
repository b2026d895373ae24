/// A line or a word of text in a picture.
public struct TextDetection: Sendable, Equatable, Codable {
    /// What it says.
    public var text: String
    /// A line, or one word of a line.
    public var type: Kind
    /// How sure, 0…100.
    public var confidence: Double
    /// The smallest upright rectangle around it.
    public var box: Box
    /// Its corners: top left, top right, bottom right, bottom left of the text as it is read.
    public var polygon: [Point]

    /// Describes a piece of text; `polygon` must have corners, the box is made from them.
    public init(_ text: String, type: Kind, confidence: Double, polygon: [Point]) {
        self.text = text
        self.type = type
        self.confidence = confidence
        self.polygon = polygon
        box = Box(around: polygon)
    }

    /// What a piece of text is.
    public enum Kind: String, Sendable, Codable {
        case line, word
    }
}

/// A point in a picture, relative to its upright width and height, 0…1.
public struct Point: Sendable, Equatable, Codable {
    /// From the left.
    public var x: Double
    /// From the top.
    public var y: Double

    /// Describes a point.
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

extension Box {
    /// The smallest upright rectangle around points; empty at the origin without any.
    public init(around points: [Point]) {
        let (xs, ys) = (points.map(\.x), points.map(\.y))
        let (left, top) = (xs.min() ?? 0, ys.min() ?? 0)
        self.init(left: left, top: top, width: (xs.max() ?? 0) - left, height: (ys.max() ?? 0) - top)
    }
}
