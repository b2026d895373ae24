internal import Domain

extension ImageProperties {
    /// Measures a picture: its colours in about 10,000 pixels, its sharpness at its full size.
    init(of picture: Pixels) {
        let sample = ColourSample(picture)
        let statistics = PixelStatistics(sample)
        self.init(
            dominantColors: sample.palette(),
            quality: Quality(
                brightness: percent(statistics.meanLightness), sharpness: percent(picture.sharpness),
                contrast: percent(statistics.lightest - statistics.darkest)))
    }
}
