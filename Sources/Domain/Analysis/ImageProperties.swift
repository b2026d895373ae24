/// What a picture looks like as a whole, whatever is in it: its colours, and how well it can be seen.
public struct ImageProperties: Sendable, Equatable, Codable {
    /// The colours that make it up, the largest share first; at most 12, each with a CSS name of its own. What is left of
    /// the picture is colours with less than one percent each.
    public var dominantColors: [DominantColor]
    /// How well it can be seen.
    public var quality: Quality

    /// Describes the looks of a picture.
    public init(dominantColors: [DominantColor], quality: Quality) {
        self.dominantColors = dominantColors
        self.quality = quality
    }

    /// Three measures, each 0…100.
    public struct Quality: Sendable, Equatable, Codable {
        /// How light it is: 0 is black, 100 white; most photos are between 45 and 65.
        public var brightness: Double
        /// How fine its finest strong edges are: 0 is a blur, half the scale is an edge blurred over two pixels; sharp
        /// photos are above 80.
        public var sharpness: Double
        /// How far its darks and lights are apart: 0 is one plain tone, 100 from black to white; most photos are above 60.
        public var contrast: Double

        /// Describes a quality.
        public init(brightness: Double, sharpness: Double, contrast: Double) {
            self.brightness = brightness
            self.sharpness = sharpness
            self.contrast = contrast
        }
    }
}

/// One of the colours that make up a picture. In JSON red, green and blue are told by `hexCode`.
public struct DominantColor: Sendable, Equatable {
    /// Its red, 0…255 (sRGB), as those that follow.
    public var red: UInt8
    /// Its green.
    public var green: UInt8
    /// Its blue.
    public var blue: UInt8
    /// The name of the nearest colour that CSS has a name for, `darkslategrey`.
    public var cssColor: String
    /// What everybody would call it.
    public var simplifiedColor: SimplifiedColor
    /// Its share of the picture, 0…100.
    public var pixelPercent: Double

    /// Describes a colour.
    public init(
        red: UInt8, green: UInt8, blue: UInt8, cssColor: String, simplifiedColor: SimplifiedColor, pixelPercent: Double
    ) {
        self.red = red
        self.green = green
        self.blue = blue
        self.cssColor = cssColor
        self.simplifiedColor = simplifiedColor
        self.pixelPercent = pixelPercent
    }

    /// `#2f4f4f`.
    public var hexCode: String {
        let number = Int(red) << 16 | Int(green) << 8 | Int(blue)
        let digits = String(number, radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }
}

/// The few words for colours that everybody uses.
public enum SimplifiedColor: String, Sendable, Codable, CaseIterable {
    case black, grey, white, red, orange, brown, yellow, green, cyan, blue, purple, pink
}

extension DominantColor: Codable {
    private enum CodingKeys: CodingKey {
        case hexCode, cssColor, simplifiedColor, pixelPercent
    }

    /// Reads a colour; throws when `hexCode` is not `#rrggbb`.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        let hexCode = try fields.decode(String.self, forKey: .hexCode)
        guard hexCode.first == "#", hexCode.count == 7, let number = UInt32(hexCode.dropFirst(), radix: 16) else {
            throw DecodingError.dataCorruptedError(
                forKey: .hexCode, in: fields, debugDescription: "a colour is written #rrggbb")
        }
        self.init(
            red: UInt8(truncatingIfNeeded: number >> 16), green: UInt8(truncatingIfNeeded: number >> 8),
            blue: UInt8(truncatingIfNeeded: number), cssColor: try fields.decode(String.self, forKey: .cssColor),
            simplifiedColor: try fields.decode(SimplifiedColor.self, forKey: .simplifiedColor),
            pixelPercent: try fields.decode(Double.self, forKey: .pixelPercent))
    }

    /// Writes the colour.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(hexCode, forKey: .hexCode)
        try fields.encode(cssColor, forKey: .cssColor)
        try fields.encode(simplifiedColor, forKey: .simplifiedColor)
        try fields.encode(pixelPercent, forKey: .pixelPercent)
    }
}
