internal import Domain

extension ImageProperties {
    /// Measures a picture: its colours in about 10,000 pixels, its sharpness at its full size. 1.4 ms for 1280 × 960.
    ///
    /// Brightness is the mean lightness of OKLab, contrast the distance between the lightness that 1 % of the pixels are
    /// below and that which 1 % are above. Their 5th, 25th, 50th, 75th and 95th percentile in 92 photos of single things
    /// (`labels`), 76 everyday photos (`exif`) and 98 pictures of all formats, plain ones and drawings among them:
    ///
    ///                   labels              exif                formats
    ///     brightness    41 50 58 67 84      38 47 54 59 67      29 53 63 77 97
    ///     sharpness     85 90 93 94 96       0 90 93 95 97       0 86 93 95 99
    ///     contrast      47 65 77 83 91       0 67 80 87 100      4 49 69 90 100
    ///
    /// The dominant colours are 8 in the median, and cover 98 % of the picture or more in 19 of 20.
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
