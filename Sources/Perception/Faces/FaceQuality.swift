internal import Domain

extension Face.Quality {
    /// How well an aligned face can be seen, by its inner part: the skin between forehead and chin.
    init(chip: Pixels) {
        let inner = chip.luma(columns: chip.width / 5..<chip.width * 4 / 5, rows: chip.height / 5..<chip.height * 4 / 5)
        let mean = inner.values.reduce(0, +) / Float(inner.values.count)
        let contrast = inner.values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(inner.values.count)
        self.init(
            brightness: percent(Double(mean) / 255), sharpness: percent(Self.sharpness(inner, contrast: contrast)))
    }

    /// The share of fine detail in the contrast: the energy of the Laplacian by the variance, which neither light nor
    /// contrast change. `half` is where the scale is in its middle: a face of 60 pixels enlarged to the chip's 150.
    private static func sharpness(_ grey: GreyPixels, contrast: Float) -> Double {
        let width = grey.width
        var energy: Float = 0
        for y in 1..<(grey.height - 1) {
            for x in 1..<(width - 1) {
                let place = y * width + x
                let around =
                    grey.values[place - 1] + grey.values[place + 1] + grey.values[place - width]
                    + grey.values[place + width]
                let laplacian = 4 * grey.values[place] - around
                energy += laplacian * laplacian
            }
        }
        let half: Float = 0.01
        let share = energy / Float((width - 2) * (grey.height - 2)) / max(contrast, 1)
        return Double(share / (share + half))
    }
}
