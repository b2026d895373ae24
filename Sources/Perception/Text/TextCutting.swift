internal import Domain

/// A line of text cut out of a picture, as high as the reading network wants it.
struct TextCutting: Sendable {
    /// The corners in the picture: top left, top right, bottom right, bottom left of the text as it will be read.
    private(set) var corners: [PixelPoint]
    /// What lies between them.
    private(set) var pixels: Pixels
    /// Whether it runs down the picture, or up.
    let isVertical: Bool

    /// How much of a picture's text is read, in columns of pixels of lines of the network's height. A column costs about
    /// 60 µs, so that no picture takes much longer than 2 seconds; a page has some 30 lines of 500.
    static let budget = 36_000

    /// No line is cut out longer than this; what is longer is squeezed.
    private static let longest = 1920

    /// Cuts out what lies between four corners, given clockwise from that at the top left of the screen. `nil` for what
    /// has no area.
    init?(_ place: [PixelPoint], isVertical: Bool, in picture: Pixels) {
        guard place.count == 4 else { return nil }
        self.isVertical = isVertical
        // What runs vertically is taken to run down; what runs up is then found to stand on its head.
        corners = isVertical ? Array(place[1...] + place[..<1]) : place
        let width = max(corners[0].distance(to: corners[1]), corners[3].distance(to: corners[2]))
        let height = max(corners[0].distance(to: corners[3]), corners[1].distance(to: corners[2]))
        let length = (Double(TextReader.height) * width / height).rounded(.up)
        guard length.isFinite, length >= 1 else { return nil }
        let size = (width: min(Int(min(length, 1e6)), Self.longest), height: TextReader.height)
        guard
            let projection = Projection.rectangle(
                width: Double(size.width), height: Double(size.height), onto: corners)
        else { return nil }
        pixels = picture.warped(by: projection, width: size.width, height: size.height)
    }

    /// How wide a part the network looks at, in whole steps: without a margin behind it reads the last characters worse.
    var readingWidth: Int {
        (max(pixels.width + 32, 96) + TextReader.step - 1) / TextReader.step * TextReader.step
    }

    /// Makes it read from the other side.
    mutating func turnUpsideDown() {
        corners = Array(corners[2...] + corners[..<2])
        pixels = pixels.upsideDown()
    }

    /// Cuts out all lines of a picture. What is much higher than wide runs vertically; what is neither much higher nor much
    /// wider, a short word, runs as most of the others do.
    static func all(_ places: [[PixelPoint]], in picture: Pixels) -> [TextCutting] {
        func sides(_ place: [PixelPoint]) -> (width: Double, height: Double) {
            (place[0].distance(to: place[1]), place[0].distance(to: place[3]))
        }
        let whole = places.filter { $0.count == 4 }
        let vertical = whole.reduce(0.0) { sum, place in
            let (width, height) = sides(place)
            return sum + (height >= 1.5 * width ? height : 0) - (width >= 1.5 * height ? width : 0)
        }
        return whole.compactMap { place in
            let (width, height) = sides(place)
            let isVertical = height >= 1.5 * width || (vertical > 0 && width < 1.5 * height)
            return TextCutting(place, isVertical: isVertical, in: picture)
        }
    }

    /// Of all lines those that can be afforded, the highest first: what is written large matters most.
    static func affordable(_ cuttings: [TextCutting], budget: Int = budget) -> [TextCutting] {
        var left = budget
        let byHeight = cuttings.sorted { $0.height > $1.height }
        return Array(
            byHeight.prefix { cutting in
                left -= cutting.readingWidth
                return left >= 0
            })
    }

    /// How high it is in the picture.
    private var height: Double { corners[0].distance(to: corners[3]) }
}
