internal import Domain

/// Facts of a picture's pixels that tell kinds of pictures apart: black and white, night, pages. Less than a
/// millisecond for a picture of any size.
struct PixelStatistics: Sendable, Equatable {
    /// The mean lightness (OKLab), 0 black … 1 white. A photo by day has about 0.55.
    var meanLightness: Double
    /// The lightness that only 1 % of the pixels are below.
    var darkest: Double
    /// The lightness that only 1 % of the pixels are above.
    var lightest: Double
    /// The share of pixels that are nearly black (lightness below 0.3, sRGB 46 for a grey), 0…1.
    var darkShare: Double
    /// The share of pixels that are nearly white (lightness above 0.93, sRGB 232 for a grey), 0…1.
    var whiteShare: Double
    /// The share of pixels that are grey, black or white (chroma below 0.02), 0…1.
    var greyShare: Double
    /// The mean chroma: 0 for greys, about 0.05 for photos, up to 0.3.
    var meanChroma: Double
    /// The chroma that only 1 % of the pixels are above: next to 0 in black and white.
    var highestChroma: Double
    /// How far what colour there is has one hue: 1 for a picture in shades of one tone (sepia), 0 for hues all around.
    var hueUnity: Double

    /// Looks at the pixels of a picture.
    init(of picture: Pixels) {
        self.init(ColourSample(picture))
    }

    init(_ sample: ColourSample) {
        func share(where condition: (OKLab) -> Bool) -> Double {
            Double(sample.portions.reduce(0) { condition($1.colour) ? $0 + $1.weight : $0 } / max(sample.count, 1))
        }
        func mean(_ value: (OKLab) -> Float) -> Double {
            Double(sample.portions.reduce(0) { $0 + value($1.colour) * $1.weight } / max(sample.count, 1))
        }
        meanLightness = mean(\.lightness)
        darkest = sample.quantile(0.01, of: \.lightness)
        lightest = sample.quantile(0.99, of: \.lightness)
        darkShare = share { $0.lightness < 0.3 }
        whiteShare = share { $0.lightness > 0.93 }
        greyShare = share { $0.chroma < 0.02 }
        meanChroma = mean(\.chroma)
        highestChroma = sample.quantile(0.99, of: \.chroma)
        let (red, yellow) = (mean(\.values.y), mean(\.values.z))
        hueUnity = (red * red + yellow * yellow).squareRoot() / max(meanChroma, 1e-6)
    }
}

extension ColourSample {
    /// The value that this share of the pixels does not exceed.
    fileprivate func quantile(_ share: Float, of value: (OKLab) -> Float) -> Double {
        var below: Float = 0
        let sorted = portions.map { (value: value($0.colour), weight: $0.weight) }.sorted { $0.value < $1.value }
        for portion in sorted {
            below += portion.weight
            if below >= share * count { return Double(portion.value) }
        }
        return 0
    }
}
