internal import Domain

/// A rectangle in the pixels of a picture. The pixel in column 0 reaches from 0 to 1, so that its middle is at 0.5;
/// an area may begin and end inside pixels and reach beyond the picture.
struct Area: Sendable, Equatable {
    var left: Double
    var top: Double
    var width: Double
    var height: Double

    /// What remains of it inside the picture; `nil` when that is nothing, or the area is not made of numbers.
    func clipped(to picture: Pixels) -> Area? {
        let right = min(left + width, Double(picture.width))
        let bottom = min(top + height, Double(picture.height))
        let (left, top) = (max(left, 0), max(top, 0))
        let inside = Area(left: left, top: top, width: right - left, height: bottom - top)
        return inside.width > 0 && inside.height > 0 ? inside : nil
    }

    /// The area that both share, by the area that both cover together: 0 apart, 1 the same.
    func overlap(with other: Area) -> Double {
        let shared =
            max(min(left + width, other.left + other.width) - max(left, other.left), 0)
            * max(min(top + height, other.top + other.height) - max(top, other.top), 0)
        return shared / (width * height + other.width * other.height - shared)
    }
}

extension Pixels {
    /// The whole picture.
    var area: Area { Area(left: 0, top: 0, width: Double(width), height: Double(height)) }
}

extension Box {
    /// The rectangle relative to a picture, of an area of that picture in whatever size.
    init(_ area: Area, in picture: Pixels) {
        let (width, height) = (Double(picture.width), Double(picture.height))
        self.init(
            left: area.left / width, top: area.top / height, width: area.width / width, height: area.height / height)
    }
}
